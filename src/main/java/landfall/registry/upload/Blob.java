package landfall.registry.upload;

import landfall.image.Digest;
import landfall.image.RepositoryName;

/** A blob where it belongs. */
public record Blob(RepositoryName repository, Digest digest, long size) {
  @Override
  public String toString() {
    return "blob " + digest + " of " + repository;
  }
}
