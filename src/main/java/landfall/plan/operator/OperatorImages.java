package landfall.plan.operator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;

/**
 * The images of all bundles of all catalogs, each once (AF§3.2). oc-mirror forgets a bundle when
 * another catalog has one of the same name; here both count.
 */
final class OperatorImages {
  private final Order order;
  private final Map<String, OperatorImage> images = new LinkedHashMap<>();

  OperatorImages(Order order) {
    this.order = order;
  }

  /** Adds the bundles of one catalog; gives every image they name. */
  Set<OperatorImage> add(List<Bundle> bundles, List<InstancePlatform> platforms) {
    Set<OperatorImage> named = new LinkedHashSet<>();
    for (Bundle bundle : bundles) {
      List<OperatorImage> ofBundle = bundle.relatedImages().stream().map(this::image).toList();
      ofBundle.stream()
          .filter(image -> image.origin().equals(bundle.image()))
          .findFirst()
          .ifPresent(image -> image.isBundleWith(ofBundle));
      named.addAll(ofBundle);
    }
    named.forEach(image -> image.narrow(platforms));
    return named;
  }

  /** Everything that was added, told after the last catalog. */
  Candidates candidates() {
    Set<Destination> bundles =
        images.values().stream()
            .filter(OperatorImage::bundle)
            .flatMap(image -> image.destination().stream())
            .collect(Collectors.toSet());
    List<RefusedImage> refused = new ArrayList<>();
    List<OperatorImage> sound = new ArrayList<>();
    for (OperatorImage image : images.values()) {
      Optional<RefusedImage> refusal = refusal(image);
      refusal.ifPresent(refused::add);
      if (refusal.isEmpty() && image.destination().isPresent()) {
        sound.add(image);
      }
    }
    return new Candidates(
        sound.stream().map(image -> image.candidate(bundles)).toList(),
        refused,
        List.of(),
        List.of());
  }

  /** Where a catalog's images go; those the sender left out are no need of it. */
  static Set<Destination> destinations(Set<OperatorImage> images) {
    return images.stream()
        .flatMap(image -> image.destination().stream())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The first image that can never be delivered. */
  static Optional<OperatorImage> unusable(Stream<OperatorImage> images) {
    return images.filter(image -> image.problem().isPresent()).findFirst();
  }

  private OperatorImage image(String origin) {
    return images.computeIfAbsent(origin, reference -> OperatorImage.of(order, reference));
  }

  private static Optional<RefusedImage> refusal(OperatorImage image) {
    if (image.problem().isPresent()) {
      return Optional.of(
          refused(
              image,
              Code.REF_INVALID,
              "a catalog names the image '" + image.origin() + "': " + image.problem().get()));
    }
    return unusable(image.related().stream())
        .filter(need -> image.destination().isPresent())
        .map(
            need ->
                refused(
                    image,
                    Code.DEPENDENCY_FAILED,
                    "bundle "
                        + image.origin()
                        + " is held back because '"
                        + need.origin()
                        + "', which it needs, is refused"));
  }

  private static RefusedImage refused(OperatorImage image, Code code, String sentence) {
    return new RefusedImage(
        image.type(), image.origin(), image.destination(), Optional.empty(), code, sentence);
  }
}
