package landfall.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import landfall.archive.TagLink;
import landfall.failure.Rejected;
import landfall.open.Opened;
import landfall.open.Opened.Document;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.Names;
import landfall.plan.candidate.Order;
import landfall.plan.configuration.ImageSetConfiguration;
import landfall.plan.content.ContentWalker;
import landfall.plan.content.Elsewhere;
import landfall.plan.content.Part;
import landfall.plan.helm.ChartRenderer;
import landfall.plan.leftover.Leftovers;
import landfall.plan.release.ReleaseTrust;
import landfall.target.Target;

/**
 * Works out what an archive means for one target, as oc-mirror would from the same image set
 * configuration, and makes sure beforehand that all of it is there.
 */
public final class Planner {
  private final ChartRenderer renderer;

  public Planner() {
    this(ChartRenderer.standard());
  }

  public Planner(ChartRenderer renderer) {
    this.renderer = renderer;
  }

  /**
   * Makes sure that an operator's own configuration can be used.
   *
   * @throws Rejected when it cannot
   */
  public static void check(Document configuration) {
    ConfigurationChoice.read(configuration);
  }

  /** Plans with the configuration that rides in the archive, signatures included. */
  public Plan plan(Opened opened, Target target) {
    return plan(opened, target, Options.DEFAULT, Elsewhere.NOWHERE);
  }

  /**
   * Plans one archive for one target.
   *
   * @param elsewhere what the target holds already; asked for what the archive lacks
   * @throws Rejected when content is damaged, hostile or contradicts itself
   * @throws landfall.failure.Held when earlier archives must be delivered first
   * @throws landfall.failure.Waiting when a chunk has not come yet
   */
  public Plan plan(Opened opened, Target target, Options options, Elsewhere elsewhere) {
    Draft draft = draft(opened, target, options, elsewhere);
    draft
        .obstacle()
        .ifPresent(
            obstacle -> {
              throw obstacle;
            });
    return draft.plan();
  }

  /**
   * Plans as far as the archive goes; what it lacks is told, not thrown.
   *
   * @throws Rejected when there is nothing to plan from
   * @throws landfall.failure.Waiting when a chunk with metadata has not come yet
   */
  public Draft draft(Opened opened, Target target, Options options, Elsewhere elsewhere) {
    if (opened.supply()) {
      return new Draft(ofSupply(opened, target), List.of(), Optional.empty());
    }
    ConfigurationChoice choice = ConfigurationChoice.of(opened, options.configuration());
    ImageSetConfiguration configuration =
        choice.usable().orElseGet(() -> ImageSetConfiguration.none(nameOfNone(opened)));
    Order order = Order.of(opened, configuration, new Names(target));
    Leftovers leftovers = new Leftovers(opened);
    Wanted wanted = wanted(choice, order, leftovers, options);
    ContentWalker walker = walker(opened, elsewhere);
    Assembly assembly = new Assembly(opened, walker, wanted.candidates().refused());
    Map<Destination, PlannedImage> planned =
        assembly.assemble(inCopyOrder(wanted.candidates().images()));
    List<TagLink> unclaimed = unclaimed(wanted, leftovers, planned.values());
    List<String> warnings = new ArrayList<>(passedOver(choice));
    warnings.addAll(wanted.candidates().warnings());
    warnings.addAll(assembly.warnings());
    if (options.signatures()) {
      warnings.addAll(new Signatures(opened.contents(), walker, planned).plan());
    }
    if (leftovers.exhausted()) {
      warnings.add(
          "the archive holds more images than are looked through: not all that nothing asks for is"
              + " known");
    }
    if (wanted.candidates().images().isEmpty() && assembly.refused().isEmpty()) {
      warnings.add(configuration.name() + " names no image that is to be delivered");
    }
    Plan plan =
        new Plan(
            opened.arrival().id(),
            target,
            Waves.of(planned.values()),
            assembly.refused(),
            warnings,
            wanted.candidates().companions(),
            unclaimed);
    return new Draft(plan, assembly.shortfall().incomplete(), assembly.shortfall().obstacle());
  }

  private static Plan ofSupply(Opened opened, Target target) {
    String brings =
        opened.arrival().name()
            + " brings "
            + opened.contents().census().blobs()
            + " pieces of content for archives that lack them, and no image of its own";
    return new Plan(
        opened.arrival().id(), target, List.of(), List.of(), List.of(brings), List.of(), List.of());
  }

  private Wanted wanted(
      ConfigurationChoice choice, Order order, Leftovers leftovers, Options options) {
    return choice.usable().isPresent()
        ? Wanted.stated(order, leftovers, options, renderer)
        : Wanted.proven(order, leftovers, choice.problems());
  }

  private static ContentWalker walker(Opened opened, Elsewhere elsewhere) {
    return new ContentWalker(opened.contents(), opened.history()::contains, elsewhere);
  }

  private static String nameOfNone(Opened opened) {
    return opened.configurations().stream()
        .map(Document::name)
        .findFirst()
        .orElse("image set configuration");
  }

  private static List<String> passedOver(ConfigurationChoice choice) {
    return choice
        .usable()
        .map(
            used ->
                choice.problems().stream()
                    .map(
                        problem ->
                            "ANOTHER CONFIGURATION IS USED, "
                                + used.name()
                                + ", because the archive's own cannot be: "
                                + problem.sentence())
                    .toList())
        .orElse(List.of());
  }

  /** Signatures belong to their images, also to those that cannot be delivered. */
  private static List<TagLink> unclaimed(
      Wanted wanted, Leftovers leftovers, Collection<PlannedImage> planned) {
    Set<CacheReference> undelivered = new HashSet<>(wanted.originals());
    wanted
        .candidates()
        .images()
        .forEach(candidate -> undelivered.add(candidate.claim().source().byTag()));
    Set<Leftovers.Signed> delivered = new HashSet<>();
    for (PlannedImage image : planned) {
      for (Claim claim : image.claims()) {
        undelivered.remove(claim.source().byTag());
        for (Part manifest : image.content().manifests()) {
          delivered.add(
              new Leftovers.Signed(
                  claim.source().repository().path(), manifest.descriptor().digest()));
        }
      }
    }
    List<TagLink> unclaimed = new ArrayList<>(wanted.left());
    unclaimed.addAll(leftovers.signatures(undelivered, delivered));
    return unclaimed;
  }

  private static List<Candidate> inCopyOrder(List<Candidate> candidates) {
    return candidates.stream()
        .sorted(Comparator.comparingInt(candidate -> candidate.claim().type().copyOrder()))
        .toList();
  }

  /**
   * What an operator may say about a plan.
   *
   * @param signatures whether cosign signatures are delivered
   * @param configuration used instead of the archive's own
   * @param releases whose word is taken for an OpenShift release
   * @param catalogSourceTemplates the folder with this site's templates of CatalogSources
   * @param unclaimed what happens to complete images that no rule claims
   */
  public record Options(
      boolean signatures,
      Optional<Document> configuration,
      ReleaseTrust releases,
      Optional<Path> catalogSourceTemplates,
      Unclaimed unclaimed) {
    public static final Options DEFAULT =
        new Options(
            true, Optional.empty(), ReleaseTrust.STANDARD, Optional.empty(), Unclaimed.AUTO);
  }
}
