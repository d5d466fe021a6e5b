package landfall.plan.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * The patterns of images the sender wanted left out. They come from outside, so they are bounded in
 * length and in the steps a comparison may take: Java's engine backtracks, Go's does not.
 */
public final class BlockedImages {
  private static final int LONGEST_PATTERN = 1000;
  private static final int LONGEST_TEXT = 1024;
  private static final int STEPS = 200_000;
  private static final long STEPS_IN_ALL = 2_000_000_000;

  /** POSIX classes as Go writes them inside brackets, and as Java does. */
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", "Alnum"),
          Map.entry("alpha", "Alpha"),
          Map.entry("ascii", "ASCII"),
          Map.entry("blank", "Blank"),
          Map.entry("cntrl", "Cntrl"),
          Map.entry("digit", "Digit"),
          Map.entry("graph", "Graph"),
          Map.entry("lower", "Lower"),
          Map.entry("print", "Print"),
          Map.entry("punct", "Punct"),
          Map.entry("space", "Space"),
          Map.entry("upper", "Upper"),
          Map.entry("xdigit", "XDigit"));

  private final String document;
  private final List<Pattern> patterns;
  private long stepsLeft = STEPS_IN_ALL;

  private BlockedImages(String document, List<Pattern> patterns) {
    this.document = document;
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
    for (String expression : expressions) {
      if (expression.length() > LONGEST_PATTERN) {
        problems.add("a pattern has " + expression.length() + " characters");
        continue;
      }
      try {
        patterns.add(Pattern.compile(java(expression)));
      } catch (PatternSyntaxException malformed) {
        problems.add("'" + expression + "' is no pattern: " + malformed.getDescription());
      }
    }
    if (!problems.isEmpty()) {
      throw new Rejected(
          Code.MANIFEST_INVALID, document + ": blockedImages: " + problems.get(0), problems);
    }
    return new BlockedImages(document, patterns);
  }

  /** Whether any pattern is found in the reference, its transport left out. */
  public boolean block(String reference) {
    int transport = reference.indexOf("://");
    String text = transport < 0 ? reference : reference.substring(transport + "://".length());
    return text.length() <= LONGEST_TEXT && patterns.stream().anyMatch(one -> found(one, text));
  }

  private boolean found(Pattern pattern, String text) {
    CountedText counted = new CountedText(text, (int) Math.min(STEPS, stepsLeft));
    try {
      boolean found = pattern.matcher(counted).find();
      stepsLeft -= counted.steps();
      return found;
    } catch (CountedText.TooManySteps | StackOverflowError tooMuch) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          document + ": blockedImages: '" + pattern + "' takes too many steps on '" + text + "'",
          tooMuch);
    }
  }

  private static String java(String expression) {
    String translated = expression.replace("(?P<", "(?<");
    for (Map.Entry<String, String> posix : CLASSES.entrySet()) {
      translated =
          translated
              .replace("[:" + posix.getKey() + ":]", "\\p{" + posix.getValue() + "}")
              .replace("[:^" + posix.getKey() + ":]", "\\P{" + posix.getValue() + "}");
    }
    return translated;
  }
}
