package landfall.publish.resource;

import java.util.Locale;
import java.util.Optional;
import landfall.plan.candidate.ImageType;

/** The three mirror sets of each kind (AF§5.1), in the order they are written. */
public enum Category {
  GENERIC,
  OPERATOR,
  RELEASE;

  /**
   * Where an image's source is named. Graph and catalogs are found by other resources, signatures
   * beside what they sign.
   */
  static Optional<Category> of(ImageType type) {
    return switch (type) {
      case RELEASE, COMPONENT -> Optional.of(RELEASE);
      case BUNDLE, RELATED -> Optional.of(OPERATOR);
      case ADDITIONAL, HELM -> Optional.of(GENERIC);
      case GRAPH, CATALOG, SIGNATURE -> Optional.empty();
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
