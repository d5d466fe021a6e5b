package landfall.plan.content;

import java.util.Optional;
import landfall.archive.Extent;
import landfall.archive.Piece;
import landfall.image.Descriptor;
import landfall.image.RepositoryName;

/**
 * One manifest or blob of an image and where its bytes are: one of the three is present.
 *
 * @param extent where they lie in the archive; empty when an earlier archive carried them
 * @param holder the repository of the target that holds what is not in the archive
 * @param kept where they lie in another archive that is kept
 */
public record Part(
    Descriptor descriptor,
    Optional<Extent> extent,
    Optional<RepositoryName> holder,
    Optional<Piece> kept) {
  static Part carried(Descriptor descriptor, Extent extent) {
    return new Part(descriptor, Optional.of(extent), Optional.empty(), Optional.empty());
  }

  static Part held(Descriptor descriptor, RepositoryName holder) {
    return new Part(descriptor, Optional.empty(), Optional.of(holder), Optional.empty());
  }

  static Part kept(Descriptor descriptor, Piece piece) {
    return new Part(descriptor, Optional.empty(), Optional.empty(), Optional.of(piece));
  }
}
