package landfall.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them, in files and on command lines: {@code 500ms}, {@code 10s}. */
public final class DurationText {
  private static final Pattern GRAMMAR = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  static final String EXPECTED = "a duration such as 500ms, 10s, 5m, 24h or 2d";

  private DurationText() {}

  /**
   * Parses a whole number with one of the units ms, s, m, h, d.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static Duration parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("found " + Shown.of(text) + ", expected " + EXPECTED);
    }
    return Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
  }
}
