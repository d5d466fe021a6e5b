package landfall.arrive;

import java.time.Duration;
import java.util.Locale;

/** Durations as people say them. */
final class Words {
  private Words() {}

  /** Such as {@code 10s}, {@code 5m} or {@code 1h30m}. */
  static String of(Duration duration) {
    String iso = duration.toString().substring(2).toLowerCase(Locale.ROOT);
    return iso.isEmpty() ? "0s" : iso;
  }
}
