package landfall.plan.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * The files of a catalog that its {@code .indexignore} files leave out, by the rules of gitignore
 * as operator-registry understands them (AF§3.2): the last pattern that matches decides.
 */
final class IndexIgnore {
  static final String NAME = ".indexignore";
  private static final int MOST_PATTERNS = 1000;
  private static final int LONGEST_PATTERN = 1000;
  private static final long MOST_STEPS = 200_000_000;

  private final List<Pattern> patterns = new ArrayList<>();
  private long steps;

  /**
   * Adds the patterns of one file; files of outer folders come first.
   *
   * @param folder where it lies, without a slash at its end; empty at the top
   */
  void add(String folder, String entry, String text) {
    List<String> domain = folder.isEmpty() ? List.of() : List.of(folder.split("/"));
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String written = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      if (written.isBlank() || written.startsWith("#")) {
        continue;
      }
      if (patterns.size() == MOST_PATTERNS || written.length() > LONGEST_PATTERN) {
        throw new Rejected(
            Code.LIMIT_EXCEEDED,
            entry
                + ":"
                + number
                + ": found one pattern more than "
                + MOST_PATTERNS
                + " or one of "
                + written.length()
                + " characters, at most "
                + LONGEST_PATTERN
                + " are read");
      }
      patterns.add(Pattern.of(domain, written));
    }
  }

  /** Whether a file is left out; {@code path} is relative to the catalog's folder. */
  boolean ignores(String path) {
    List<String> components = List.of(path.split("/"));
    for (int index = patterns.size() - 1; index >= 0; index--) {
      Pattern pattern = patterns.get(index);
      steps += path.length() + 1L;
      if (steps > MOST_STEPS) {
        throw new Rejected(
            Code.LIMIT_EXCEEDED, path + ": its catalog's " + NAME + " files take too many steps");
      }
      if (pattern.matches(components)) {
        return !pattern.inclusion();
      }
    }
    return false;
  }

  /**
   * One line of such a file.
   *
   * @param domain the folder it holds for
   * @param components of the pattern, cut at its slashes
   * @param folders whether it means folders only
   * @param path whether a slash ties it to the domain
   */
  private record Pattern(
      List<String> domain,
      boolean inclusion,
      List<String> components,
      boolean folders,
      boolean path) {
    private static final String ANY_DEPTH = "**";

    static Pattern of(List<String> domain, String line) {
      boolean inclusion = line.startsWith("!");
      String text = inclusion ? line.substring(1) : line;
      text = text.endsWith("\\ ") ? text : text.stripTrailing();
      boolean folders = text.endsWith("/");
      text = folders ? text.substring(0, text.length() - 1) : text;
      return new Pattern(
          domain, inclusion, Arrays.asList(text.split("/", -1)), folders, text.contains("/"));
    }

    boolean matches(List<String> file) {
      if (file.size() <= domain.size() || !file.subList(0, domain.size()).equals(domain)) {
        return false;
      }
      List<String> below = file.subList(domain.size(), file.size());
      return path ? tied(below) : anywhere(below);
    }

    private boolean anywhere(List<String> below) {
      int most = folders ? below.size() - 1 : below.size();
      return below.subList(0, most).stream()
          .anyMatch(name -> Glob.matches(components.get(0), name));
    }

    /** A folder that matches takes all that is in it along. */
    private boolean tied(List<String> below) {
      int at = 0;
      boolean matched = false;
      boolean anyDepth = false;
      for (String component : components) {
        if (component.isEmpty()) {
          anyDepth = false;
        } else if (component.equals(ANY_DEPTH)) {
          anyDepth = true;
        } else {
          int found = find(component, below, at, anyDepth);
          if (found < 0) {
            return false;
          }
          at = found + 1;
          matched = true;
          anyDepth = false;
        }
      }
      return matched && !(folders && at == below.size());
    }

    private static int find(String component, List<String> below, int from, boolean anyDepth) {
      int end = anyDepth ? below.size() : Math.min(from + 1, below.size());
      for (int index = from; index < end; index++) {
        if (Glob.matches(component, below.get(index))) {
          return index;
        }
      }
      return -1;
    }
  }
}
