package landfall.plan.content;

import java.util.List;
import java.util.Optional;
import landfall.image.Descriptor;

/**
 * What a manifest or index says, as far as it matters for bringing it ashore.
 *
 * @param implied whether its media type is only implied by what it has
 * @param children manifests an index names; empty for an image
 * @param blobs configuration first, then layers; empty for an index
 */
public record Manifest(String mediaType, boolean implied, List<Child> children, List<Blob> blobs) {
  public Manifest {
    children = List.copyOf(children);
    blobs = List.copyOf(blobs);
  }

  /** Whether it is what an index calls it, as far as it says what it is. */
  boolean is(String announced) {
    return mediaType.equals(announced)
        || (implied && MediaTypes.index(mediaType) == MediaTypes.index(announced));
  }

  /**
   * A manifest that an index names.
   *
   * @param platform {@code os/architecture}, where the index says so
   */
  public record Child(Descriptor descriptor, Optional<String> platform) {}

  /**
   * A blob that a manifest names.
   *
   * @param foreign whether it may lie elsewhere than in a registry; such content is never fetched
   */
  public record Blob(Descriptor descriptor, String kind, boolean foreign) {}
}
