package landfall.image;

import java.util.regex.Pattern;

/**
 * A repository path without host, such as {@code lab/app-a}, in the grammar of the OCI distribution
 * specification.
 */
public record RepositoryName(String path) implements Comparable<RepositoryName> {
  private static final int LONGEST = 255;
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern GRAMMAR = Pattern.compile(PART + "(?:/" + PART + ")*");

  public RepositoryName {
    if (path.length() > LONGEST || !GRAMMAR.matcher(path).matches()) {
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
