package landfall.plan.content;

import java.util.Optional;
import landfall.archive.Extent;
import landfall.image.Descriptor;
import landfall.image.RepositoryName;

/**
 * One manifest or blob of an image and where its bytes are.
 *
 * @param extent where they lie in the archive; empty when an earlier archive carried them
 * @param holder the repository of the target that holds what is not in the archive
 */
public record Part(
    Descriptor descriptor, Optional<Extent> extent, Optional<RepositoryName> holder) {
  static Part carried(Descriptor descriptor, Extent extent) {
    return new Part(descriptor, Optional.of(extent), Optional.empty());
  }

  static Part held(Descriptor descriptor, RepositoryName holder) {
    return new Part(descriptor, Optional.empty(), Optional.of(holder));
  }
}
