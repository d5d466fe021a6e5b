package landfall.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.open.Opened;
import landfall.open.Opened.Document;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.Names;
import landfall.plan.candidate.Order;
import landfall.plan.configuration.ImageSetConfiguration;
import landfall.plan.configuration.ImageSetConfigurationParser;
import landfall.plan.content.ContentWalker;
import landfall.plan.content.Elsewhere;
import landfall.plan.operator.Operators;
import landfall.target.Target;

/**
 * Works out what an archive means for one target, as oc-mirror would from the same image set
 * configuration, and makes sure beforehand that all of it is there.
 */
public final class Planner {
  private final ImageSetConfigurationParser parser = new ImageSetConfigurationParser();

  /** Plans with the configuration that rides in the archive, signatures included. */
  public Plan plan(Opened opened, Target target) {
    return plan(opened, target, Options.DEFAULT, Elsewhere.NOWHERE);
  }

  /**
   * Plans one archive for one target.
   *
   * @param elsewhere what the target holds already; asked for what the archive lacks
   * @throws Rejected when configuration or content are damaged, hostile or contradict each other
   * @throws landfall.failure.Held when earlier archives must be delivered first
   * @throws Waiting when a chunk has not come yet
   */
  public Plan plan(Opened opened, Target target, Options options, Elsewhere elsewhere) {
    if (opened.supply()) {
      return ofSupply(opened, target);
    }
    ImageSetConfiguration configuration = parser.parse(document(opened, options));
    Order order = Order.of(opened, configuration, new Names(target));
    Candidates candidates =
        Operators.collect(order, options.catalogSourceTemplates())
            .plus(AdditionalImages.collect(order));
    ContentWalker walker =
        new ContentWalker(opened.contents(), opened.history()::contains, elsewhere);
    Assembly assembly = new Assembly(opened, walker, candidates.refused());
    Map<Destination, PlannedImage> planned = assembly.assemble(inCopyOrder(candidates.images()));
    List<String> warnings = new ArrayList<>(candidates.warnings());
    warnings.addAll(assembly.warnings());
    if (options.signatures()) {
      warnings.addAll(new Signatures(opened.contents(), walker, planned).plan());
    }
    List<Unsupported> unsupported = unsupported(configuration);
    if (planned.isEmpty() && assembly.refused().isEmpty() && unsupported.isEmpty()) {
      warnings.add(configuration.name() + " names no image that is to be delivered");
    }
    return new Plan(
        opened.arrival().id(),
        target,
        Waves.of(planned.values()),
        assembly.refused(),
        unsupported,
        warnings,
        candidates.companions());
  }

  private static Plan ofSupply(Opened opened, Target target) {
    String brings =
        opened.arrival().name()
            + " brings "
            + opened.contents().census().blobs()
            + " pieces of content for archives that lack them, and no image of its own";
    return new Plan(
        opened.arrival().id(), target, List.of(), List.of(), List.of(), List.of(brings), List.of());
  }

  /** oc-mirror writes the configuration last, so that a chunked archive may still get it. */
  private static Document document(Opened opened, Options options) {
    Optional<Document> document = options.configuration().or(opened::configuration);
    if (document.isEmpty() && opened.arrival().chunked()) {
      throw new Waiting(
          Code.CHUNK_MISSING,
          opened.arrival().name()
              + " has no image set configuration (isc_…) yet; the chunk that holds it is missing");
    }
    return document.orElseThrow(
        () ->
            new Rejected(
                Code.LAYOUT_UNKNOWN,
                opened.arrival().name()
                    + " has no image set configuration (isc_…); oc-mirror puts one into every"
                    + " archive and without it nothing says which images are meant"));
  }

  private static List<Candidate> inCopyOrder(List<Candidate> candidates) {
    return candidates.stream()
        .sorted(Comparator.comparingInt(candidate -> candidate.claim().type().copyOrder()))
        .toList();
  }

  private static List<Unsupported> unsupported(ImageSetConfiguration configuration) {
    List<Unsupported> unsupported = new ArrayList<>();
    if (configuration.platform().asksForImages()) {
      unsupported.add(notDelivered("platform", "OpenShift releases", configuration));
    }
    if (configuration.helm().asksForImages()) {
      unsupported.add(notDelivered("helm", "images of helm charts", configuration));
    }
    return unsupported;
  }

  private static Unsupported notDelivered(
      String kind, String what, ImageSetConfiguration configuration) {
    return new Unsupported(
        kind,
        configuration.name() + " names " + what + " (mirror." + kind + "); they are not delivered");
  }

  /**
   * What an operator may say about a plan.
   *
   * @param signatures whether cosign signatures are delivered
   * @param configuration used instead of the archive's own
   * @param catalogSourceTemplates the folder with this site's templates of CatalogSources
   */
  public record Options(
      boolean signatures, Optional<Document> configuration, Optional<Path> catalogSourceTemplates) {
    public static final Options DEFAULT = new Options(true, Optional.empty());

    /** Without templates of CatalogSources. */
    public Options(boolean signatures, Optional<Document> configuration) {
      this(signatures, configuration, Optional.empty());
    }
  }
}
