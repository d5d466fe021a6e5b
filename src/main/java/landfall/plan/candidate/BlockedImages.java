package landfall.plan.candidate;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * Patterns of images the sender wanted left out, in the syntax of oc-mirror's own language and
 * found in a time that grows with the text alone (AF§3.0).
 */
public final class BlockedImages {
  private static final int LONGEST_PATTERN = 1000;
  private static final int MOST_REPEATS = 10_000;

  /** Characters times repetitions: what compiled patterns take of the heap. */
  private static final long LARGEST_PATTERN = 100_000;

  private static final long LARGEST_IN_ALL = 500_000;
  private static final java.util.regex.Pattern REPEAT =
      java.util.regex.Pattern.compile("\\{(?:[0-9]{1,9},)?([0-9]{1,9}),?\\}");

  private final List<Pattern> patterns;

  private BlockedImages(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Reads patterns in Go's syntax.
   *
   * @throws Rejected MANIFEST_INVALID naming all that are none
   */
  public static BlockedImages of(String document, List<String> expressions) {
    List<Pattern> patterns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    long size = 0;
    for (String expression : expressions) {
      try {
        size += size(expression);
        refuseLarge(size);
        patterns.add(Pattern.compile(expression.replace("(?<", "(?P<")));
      } catch (PatternSyntaxException malformed) {
        problems.add("'" + expression + "' is no pattern: " + malformed.getDescription());
      } catch (IllegalArgumentException large) {
        problems.add(String.valueOf(large.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new Rejected(
          Code.MANIFEST_INVALID, document + ": blockedImages: " + problems.get(0), problems);
    }
    return new BlockedImages(patterns);
  }

  /** Whether any pattern is found in the reference, its transport left out. */
  public boolean block(String reference) {
    int transport = reference.indexOf("://");
    String text = transport < 0 ? reference : reference.substring(transport + "://".length());
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }

  /** Repeats within repeats make a short pattern large. */
  private static long size(String expression) {
    long repeats = 1;
    for (MatchResult repeat : REPEAT.matcher(expression).results().toList()) {
      repeats *= Math.max(1, Long.parseLong(repeat.group(1)));
      if (repeats > MOST_REPEATS) {
        break;
      }
    }
    long size = repeats * expression.length();
    if (expression.length() > LONGEST_PATTERN || repeats > MOST_REPEATS || size > LARGEST_PATTERN) {
      throw new IllegalArgumentException(
          "a pattern of "
              + expression.length()
              + " characters repeats too much, expected at most "
              + LONGEST_PATTERN
              + " characters, "
              + MOST_REPEATS
              + " repetitions and "
              + LARGEST_PATTERN
              + " of both multiplied");
    }
    return size;
  }

  private static void refuseLarge(long sizeInAll) {
    if (sizeInAll > LARGEST_IN_ALL) {
      throw new IllegalArgumentException(
          "all patterns together have more than "
              + LARGEST_IN_ALL
              + " characters, repeats counted");
    }
  }
}
