package landfall.plan.operator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.Reference;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;

/**
 * One image that catalogs name, known by the reference as it is written there (AF§3.2, AF§3.5), and
 * everything that all catalogs together say of it.
 */
final class OperatorImage {
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,2048}");

  private final String origin;
  private final boolean blocked;
  private final Optional<String> problem;
  private final Optional<Place> place;
  private final Set<String> platforms = new HashSet<>();
  private final Set<OperatorImage> related = new LinkedHashSet<>();
  private boolean bundle;
  private boolean forgotten;

  private OperatorImage(
      String origin, boolean blocked, Optional<String> problem, Optional<Place> place) {
    this.origin = origin;
    this.blocked = blocked;
    this.problem = problem;
    this.place = place;
  }

  static OperatorImage of(Order order, String origin) {
    try {
      if (!PRINTABLE.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "a reference has at most 2048 printable ASCII characters and no space");
      }
      Reference reference = Reference.parse(origin);
      if (!reference.docker()) {
        throw new IllegalArgumentException(
            "an image of a registry was expected, found one of '" + reference.transport() + "'");
      }
      Tag tag = new Tag(tag(reference));
      CacheReference source = new CacheReference(new RepositoryName(reference.path()), tag);
      boolean blocked =
          order.blocked().block(origin)
              || order.blocked().block(order.names().unflattened(reference.path(), tag.name()));
      Destination destination = order.names().place(reference.path(), tag);
      Place place = new Place(source, destination, reference.digest());
      return new OperatorImage(origin, blocked, Optional.empty(), Optional.of(place));
    } catch (IllegalArgumentException unusable) {
      return new OperatorImage(
          origin, false, Optional.of(String.valueOf(unusable.getMessage())), Optional.empty());
    }
  }

  private static String tag(Reference reference) {
    return reference
        .tag()
        .or(() -> reference.digest().map(digest -> digest.replace(':', '-')))
        .orElseThrow();
  }

  /** As the catalog names it. */
  String origin() {
    return origin;
  }

  /** Why it can never be delivered, if so. */
  Optional<String> problem() {
    return problem;
  }

  /** Where the archive has it, if it has a proper name. */
  Optional<CacheReference> source() {
    return place.map(Place::source);
  }

  /** Takes note that the sender's oc-mirror has left it out by mistake. */
  void forget() {
    forgotten = true;
  }

  boolean forgotten() {
    return forgotten;
  }

  boolean bundle() {
    return bundle;
  }

  /** Where it goes, unless the sender wanted it left out or it has no proper name. */
  Optional<Destination> destination() {
    return place.filter(known -> !blocked).map(Place::destination);
  }

  ImageType type() {
    return bundle ? ImageType.BUNDLE : ImageType.RELATED;
  }

  /** The related images without which this bundle must not be delivered. */
  List<OperatorImage> related() {
    return new ArrayList<>(related);
  }

  /** Takes note of a bundle whose image this is. */
  void isBundleWith(List<OperatorImage> images) {
    bundle = true;
    related.addAll(images);
    related.remove(this);
  }

  /** Takes note of a catalog that was mirrored with these instances only; empty = all. */
  void narrow(List<InstancePlatform> instances) {
    instances.forEach(instance -> platforms.add(instance.toString()));
  }

  /**
   * What is to be delivered.
   *
   * @param bundles where bundles go; they are no need of each other
   */
  Candidate candidate(Set<Destination> bundles) {
    Place known = place.orElseThrow();
    Set<Destination> needs = new HashSet<>();
    for (OperatorImage image : related) {
      image
          .destination()
          .filter(need -> !image.forgotten && !bundles.contains(need))
          .ifPresent(needs::add);
    }
    return new Candidate(
        new Claim(type(), origin, known.source()),
        known.destination(),
        platforms,
        known.pinned(),
        needs);
  }

  private record Place(CacheReference source, Destination destination, Optional<String> pinned) {}
}
