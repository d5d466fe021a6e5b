package landfall.plan.candidate;

import landfall.image.RepositoryName;
import landfall.image.Tag;

/** Where an image lies in the registry storage that oc-mirror put into the archive. */
public record CacheReference(RepositoryName repository, Tag tag) {
  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}
