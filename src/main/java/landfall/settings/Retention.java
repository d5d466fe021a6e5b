package landfall.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a delivered archive is kept.
 *
 * @param limit empty = for ever; zero = it is deleted once delivered
 */
public record Retention(Optional<Duration> limit) {
  public static final Retention KEEP = new Retention(Optional.empty());
  public static final Retention DELETE = new Retention(Optional.of(Duration.ZERO));

  /**
   * Parses {@code keep}, {@code delete} or a duration such as {@code 30d}.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  static Retention parse(String text) {
    return switch (text) {
      case "keep" -> KEEP;
      case "delete" -> DELETE;
      default -> new Retention(Optional.of(DurationText.parse(text)));
    };
  }
}
