package landfall.plan;

import java.util.List;
import java.util.Locale;

/**
 * Images that may be pushed side by side; a wave begins when the one before it is done, so that
 * nothing becomes visible before what it refers to.
 */
public record Wave(Kind kind, List<PlannedImage> images) {
  public Wave {
    images = List.copyOf(images);
  }

  /** How logs call it. */
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The waves, in the order they are pushed. */
  public enum Kind {
    /** Everything that refers to no other image. */
    CONTENT,
    /** Operator bundles and the release image: they refer to images of the first wave. */
    BUNDLES,
    /** Catalogs: they refer to bundles. */
    CATALOGS,
    /** Cosign signatures of all of them. */
    SIGNATURES
  }
}
