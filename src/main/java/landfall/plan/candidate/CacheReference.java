package landfall.plan.candidate;

import java.util.Optional;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/**
 * Where an image lies in the registry storage that oc-mirror put into the archive.
 *
 * @param digest of the manifest where oc-mirror reads it by digest, whatever the tag points to
 */
public record CacheReference(RepositoryName repository, Tag tag, Optional<Digest> digest) {
  /** What a tag points to. */
  public CacheReference(RepositoryName repository, Tag tag) {
    this(repository, tag, Optional.empty());
  }

  /** The tag alone. */
  public CacheReference byTag() {
    return new CacheReference(repository, tag);
  }

  @Override
  public String toString() {
    return repository + digest.map(exact -> "@" + exact).orElseGet(() -> ":" + tag);
  }
}
