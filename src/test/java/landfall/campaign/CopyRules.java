package landfall.campaign;

import java.time.Duration;
import landfall.arrive.DropRules;

/** When a copy counts as complete; times in milliseconds. */
record CopyRules(long settle, boolean sidecarRequired, long sidecarWait) {
  DropRules rules() {
    return new DropRules(
        Duration.ofMillis(settle),
        sidecarRequired,
        Duration.ofMillis(sidecarWait),
        Duration.ofHours(24));
  }

  /** How often the engine looks. */
  long poll() {
    return Math.min(settle / 2, 2000);
  }
}
