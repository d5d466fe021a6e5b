package landfall.plan.operator;

import java.util.ArrayList;
import java.util.HashMap;
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
  private final List<List<Bundle>> catalogs = new ArrayList<>();

  OperatorImages(Order order) {
    this.order = order;
  }

  /** Adds the bundles of one catalog; gives every image they name. */
  Set<OperatorImage> add(List<Bundle> bundles, List<InstancePlatform> platforms) {
    catalogs.add(bundles);
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
    forget();
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

  /**
   * The sender's oc-mirror makes the same mistake, so its archive lacks what only such a bundle
   * names. A chunk that has not come yet may hold it.
   */
  private void forget() {
    if (catalogs.size() < 2 || order.opened().linksMayCome()) {
      return;
    }
    Map<String, List<String>> sure = new HashMap<>();
    for (List<Bundle> catalog : catalogs) {
      for (Bundle bundle : catalog) {
        sure.merge(bundle.name(), bundle.relatedImages(), OperatorImages::common);
      }
    }
    Set<String> mirrored = sure.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    images.values().stream()
        .filter(image -> !mirrored.contains(image.origin()) && !archived(image))
        .forEach(OperatorImage::forget);
  }

  private static List<String> common(List<String> one, List<String> other) {
    if (one.equals(other)) {
      return one;
    }
    Set<String> others = new HashSet<>(other);
    return one.stream().filter(others::contains).toList();
  }

  private boolean archived(OperatorImage image) {
    return image
        .source()
        .flatMap(source -> order.opened().contents().tag(source.repository(), source.tag()))
        .isPresent();
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
    if (image.forgotten() && image.destination().isPresent()) {
      return Optional.of(
          refused(
              image,
              Code.BLOB_MISSING,
              "image "
                  + image.origin()
                  + " is not in the archive; oc-mirror forgets a bundle when another catalog has"
                  + " one of the same name"));
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
