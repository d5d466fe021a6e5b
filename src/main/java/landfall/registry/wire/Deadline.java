package landfall.registry.wire;

import java.time.Duration;

/**
 * Until when the network has to have done what one request waits for. Set anew with each thing that
 * is waited for, and without effect while the waiting is our own doing.
 */
final class Deadline {
  private volatile long at;
  private volatile boolean set;

  void within(Duration time) {
    at = System.nanoTime() + time.toNanos();
    set = true;
  }

  void rest() {
    set = false;
  }

  boolean isOver(long now) {
    return set && now - at > 0;
  }
}
