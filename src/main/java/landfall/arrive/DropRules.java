package landfall.arrive;

import java.time.Duration;

/**
 * When a copy counts as complete.
 *
 * @param settle how long size and time of every file must stand still
 * @param sidecarRequired whether nothing is taken without a checksum file
 * @param sidecarWait how long a checksum file that is not required may come later than its archive
 * @param patience after how long a wait is said loudly
 */
public record DropRules(
    Duration settle, boolean sidecarRequired, Duration sidecarWait, Duration patience) {
  /** For an archive that somebody handed over by name: it is there, or it is not. */
  public static DropRules atOnce(boolean sidecarRequired) {
    return new DropRules(Duration.ZERO, sidecarRequired, Duration.ZERO, Duration.ofDays(1));
  }
}
