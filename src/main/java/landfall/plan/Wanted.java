package landfall.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.archive.TagLink;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.helm.ChartRenderer;
import landfall.plan.helm.HelmImages;
import landfall.plan.leftover.LeftoverImages;
import landfall.plan.leftover.Leftovers;
import landfall.plan.leftover.Originals;
import landfall.plan.leftover.ProvenImages;
import landfall.plan.operator.Operators;
import landfall.plan.release.Releases;

/**
 * Everything that is to be delivered, whatever asks for it, and what nothing asks for.
 *
 * @param left complete images of the archive that nothing claims
 * @param originals what claimed images were made from
 */
record Wanted(Candidates candidates, List<TagLink> left, Set<CacheReference> originals) {
  Wanted {
    left = List.copyOf(left);
    originals = Set.copyOf(originals);
  }

  /** By the rules of a configuration. */
  static Wanted stated(
      Order order, Leftovers leftovers, Planner.Options options, ChartRenderer renderer) {
    HelmImages.Found helm = HelmImages.collect(order, renderer);
    Unclaimed rule = options.unclaimed();
    Candidates stated =
        Releases.collect(order, options.releases())
            .plus(Operators.collect(order, options.catalogSourceTemplates()))
            .plus(AdditionalImages.collect(order))
            .plus(helm.candidates());
    Set<CacheReference> originals = Originals.of(order.configuration());
    Set<CacheReference> claimed = claimed(stated);
    claimed.addAll(originals);
    List<TagLink> left = unrefused(order, leftovers.images(claimed), stated.refused());
    List<TagLink> pushed =
        switch (rule) {
          case PUSH -> left;
          case AUTO -> helm.untold().isEmpty() ? List.of() : LeftoverImages.ofCharts(left);
          case REPORT -> List.of();
        };
    Candidates others =
        pushed.isEmpty()
            ? new Candidates(List.of(), List.of(), List.of(), List.of())
            : LeftoverImages.collect(order, pushed, helm.hints(), stated.images());
    return new Wanted(stated.plus(others).plus(untold(helm, rule)), left, originals)
        .without(claimed(others));
  }

  /**
   * By what the archive proves complete, because no configuration can be used.
   *
   * @throws Rejected when it proves nothing
   */
  static Wanted proven(Order order, Leftovers leftovers, List<Rejected> problems) {
    ProvenImages.Found found = ProvenImages.collect(order);
    Candidates proven = found.candidates();
    Rejected first = problems.get(0);
    if (proven.images().isEmpty()) {
      throw first;
    }
    RefusedImage configuration =
        new RefusedImage(
            ImageType.ADDITIONAL,
            order.configuration().name(),
            Optional.empty(),
            Optional.empty(),
            first.code(),
            "No image set configuration can be used, so what is delivered is every image that is"
                + " complete in the archive: "
                + String.join("; ", problems.stream().map(Rejected::sentence).toList()));
    Candidates all =
        proven.plus(new Candidates(List.of(), List.of(configuration), List.of(), List.of()));
    Set<CacheReference> claimed = claimed(proven);
    claimed.addAll(found.originals());
    return new Wanted(all, leftovers.images(claimed), found.originals());
  }

  /** What a rule has refused must not be delivered as if nothing had asked for it. */
  private static List<TagLink> unrefused(
      Order order, List<TagLink> left, List<RefusedImage> refused) {
    Set<Destination> places = new HashSet<>();
    refused.forEach(image -> image.destination().ifPresent(places::add));
    return left.stream()
        .filter(link -> place(order, link).filter(places::contains).isEmpty())
        .toList();
  }

  /** Nowhere for a name that this target cannot have. */
  private static Optional<Destination> place(Order order, TagLink link) {
    try {
      return Optional.of(order.names().place(link.repository().path(), link.tag()));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  private Wanted without(Set<CacheReference> pushed) {
    return new Wanted(
        candidates,
        left.stream()
            .filter(link -> !pushed.contains(new CacheReference(link.repository(), link.tag())))
            .toList(),
        originals);
  }

  /** Where nothing may be pushed instead, a chart that does not tell its images is a failure. */
  private static Candidates untold(HelmImages.Found helm, Unclaimed rule) {
    List<RefusedImage> refused = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (HelmImages.Untold chart : helm.untold()) {
      if (rule == Unclaimed.REPORT) {
        refused.add(
            new RefusedImage(
                ImageType.HELM,
                chart.chart(),
                Optional.empty(),
                Optional.empty(),
                Code.NOT_SUPPORTED,
                chart.sentence() + "; 'push.unclaimed: report' leaves out what may be its images"));
      } else {
        warnings.add(
            chart.sentence() + "; images of the archive that nothing else claims are taken for it");
      }
    }
    return new Candidates(List.of(), refused, warnings, List.of());
  }

  private static Set<CacheReference> claimed(Candidates candidates) {
    Set<CacheReference> claimed = new HashSet<>();
    candidates.images().forEach(image -> claimed.add(image.claim().source().byTag()));
    return claimed;
  }
}
