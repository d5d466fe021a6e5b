package landfall.plan.content;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import landfall.image.Descriptor;
import landfall.image.Digest;

/**
 * Everything an image consists of, each thing once.
 *
 * @param manifests in the order a registry accepts them: children first, the image's own last
 * @param blobs configurations and layers
 * @param foreign layers that lie outside of registries and that nobody brought; they are left there
 * @param sparse whether the image's index names instances that were deliberately not mirrored
 */
public record Content(
    List<Part> manifests, List<Part> blobs, List<Digest> foreign, boolean sparse) {
  public Content {
    manifests = List.copyOf(manifests);
    blobs = List.copyOf(blobs);
    foreign = List.copyOf(foreign);
  }

  /**
   * The same image with the instances of both: who asks for all of them gets them, although another
   * asks for some.
   */
  public Content plus(Content other) {
    if (manifests.equals(other.manifests)) {
      return this;
    }
    Set<Part> all = new LinkedHashSet<>(other.manifests.subList(0, other.manifests.size() - 1));
    all.addAll(manifests);
    Set<Part> content = new LinkedHashSet<>(blobs);
    content.addAll(other.blobs);
    Set<Digest> outside = new LinkedHashSet<>(foreign);
    outside.addAll(other.foreign);
    return new Content(
        List.copyOf(all), List.copyOf(content), List.copyOf(outside), sparse && other.sparse);
  }

  /** The image's own manifest or index: what its tag points to. */
  public Descriptor root() {
    return manifests.get(manifests.size() - 1).descriptor();
  }
}
