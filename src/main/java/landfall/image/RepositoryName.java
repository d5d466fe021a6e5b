package landfall.image;

import com.google.cloud.tools.jib.api.ImageReference;

/**
 * A repository path without host, such as {@code lab/app-a}, in the grammar of the OCI distribution
 * specification.
 */
public record RepositoryName(String path) implements Comparable<RepositoryName> {
  private static final int LONGEST = 255;

  public RepositoryName {
    if (path.length() > LONGEST || !ImageReference.isValidRepository(path)) {
      throw new IllegalArgumentException("not a repository name: " + path);
    }
  }

  @Override
  public int compareTo(RepositoryName other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
