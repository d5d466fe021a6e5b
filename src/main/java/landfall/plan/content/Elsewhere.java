package landfall.plan.content;

import java.util.Optional;
import landfall.archive.Piece;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;

/**
 * Where content is that an archive lacks because an earlier one carried it: in the target already,
 * or in an archive that is kept (AF§1.6).
 */
public interface Elsewhere {
  /** Nothing is asked. */
  Elsewhere NOWHERE =
      new Elsewhere() {
        @Override
        public Optional<Found> manifest(RepositoryName wanted, Digest digest) {
          return Optional.empty();
        }

        @Override
        public Optional<RepositoryName> blob(RepositoryName wanted, Descriptor blob) {
          return Optional.empty();
        }
      };

  /** A manifest, wherever in the target it lies; its digest is the one asked for. */
  Optional<Found> manifest(RepositoryName wanted, Digest digest);

  /** The bytes of what an earlier archive carried, in an archive that is still kept here. */
  default Optional<Piece> kept(Digest digest) {
    return Optional.empty();
  }

  /** A manifest and the repository that holds it. */
  record Found(RepositoryName holder, RawManifest manifest) {}

  /** The repository that holds a blob: the one where it is wanted, or one to mount it from. */
  Optional<RepositoryName> blob(RepositoryName wanted, Descriptor blob);
}
