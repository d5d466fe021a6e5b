package landfall.plan.leftover;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import landfall.archive.TagLink;
import landfall.failure.Code;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.RefusedImage;

/**
 * Delivers images that the configuration means without telling them: of charts on the sender's disk
 * and of charts that do not render (AF§10).
 */
public final class LeftoverImages {
  /** What no chart can mean: releases, rebuilt catalogs. */
  private static final Pattern OTHER_KINDS =
      Pattern.compile("openshift/release(?:-images)?:.*|openshift/graph-image:.*|.*:[a-f0-9]{32}");

  private final Order order;
  private final Origins origins;
  private final ImageType type;
  private final Set<Destination> taken = new HashSet<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<RefusedImage> refused = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private LeftoverImages(Order order, Set<String> hints, List<Candidate> others) {
    this.order = order;
    this.origins = Origins.hints(order.opened().contents(), hints);
    this.type =
        order.configuration().helm().asksForImages() ? ImageType.HELM : ImageType.ADDITIONAL;
    others.forEach(candidate -> taken.add(candidate.destination()));
  }

  /** Those of the tags that charts may mean. */
  public static List<TagLink> ofCharts(List<TagLink> links) {
    return links.stream()
        .filter(link -> !OTHER_KINDS.matcher(Leftovers.reference(link).toString()).matches())
        .toList();
  }

  /**
   * Asks for the tags.
   *
   * @param hints repositories that charts have in their text
   * @param others what is delivered anyway; its places are taken
   */
  public static Candidates collect(
      Order order, List<TagLink> links, Set<String> hints, List<Candidate> others) {
    LeftoverImages images = new LeftoverImages(order, hints, others);
    links.forEach(images::collect);
    return new Candidates(images.candidates, images.refused, images.warnings, List.of());
  }

  private void collect(TagLink link) {
    Origin origin = origins.of(link, type);
    String path = link.repository().path();
    if (order.blocked().block(origin.reference())
        || order.blocked().block(order.names().unflattened(path, link.tag().name()))) {
      return;
    }
    try {
      Destination destination = order.names().place(path, link.tag());
      if (taken.add(destination)) {
        candidates.add(candidate(link, origin, destination));
      } else {
        warnings.add(
            Leftovers.reference(link) + " stays unclaimed: " + destination + " is taken already");
      }
    } catch (IllegalArgumentException unusable) {
      refused.add(
          new RefusedImage(
              type,
              origin.reference(),
              Optional.empty(),
              Optional.of(link.digest()),
              Code.REF_INVALID,
              "image " + Leftovers.reference(link) + ": " + unusable.getMessage()));
    }
  }

  private Candidate candidate(TagLink link, Origin origin, Destination destination) {
    return new Candidate(
        new Claim(type, origin.reference(), Leftovers.reference(link), origin.attribution()),
        destination,
        Set.of(),
        Optional.empty(),
        Set.of());
  }
}
