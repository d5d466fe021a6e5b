package landfall.plan.content;

import java.util.List;
import landfall.image.Descriptor;

/**
 * Everything an image consists of, each thing once.
 *
 * @param manifests in the order a registry accepts them: children first, the image's own last
 * @param blobs configurations and layers
 * @param sparse whether the image's index names instances that were deliberately not mirrored
 */
public record Content(List<Part> manifests, List<Part> blobs, boolean sparse) {
  public Content {
    manifests = List.copyOf(manifests);
    blobs = List.copyOf(blobs);
  }

  /** The image's own manifest or index: what its tag points to. */
  public Descriptor root() {
    return manifests.get(manifests.size() - 1).descriptor();
  }
}
