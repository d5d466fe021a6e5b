package landfall.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import landfall.ledger.DeliveryRow;

/**
 * Spares a registry that is probed as well and yet stops the same delivery again: who went on and
 * delivered nothing more waits twice as long the next time.
 */
final class Setbacks {
  private static final Duration FIRST = Duration.ofSeconds(3);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** After so long without going on it has been at work, not at a standstill. */
  private static final Duration FORGOTTEN = LONGEST.multipliedBy(3);

  private final LongSupplier nanoTime;
  private final Map<Delivery, Setback> last = new HashMap<>();

  Setbacks(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Delivery(String archive, String target) {
    static Delivery of(DeliveryRow row) {
      return new Delivery(row.archive(), row.target());
    }
  }

  /** When a delivery went on, how much of it was delivered then, and how long it waits next. */
  private record Setback(long at, long delivered, Duration pause) {}

  /**
   * Whether a delivery whose registry is well goes on now.
   *
   * @param delivered how many of its images are there
   */
  synchronized boolean letGo(DeliveryRow row, long delivered) {
    long now = nanoTime.getAsLong();
    last.values().removeIf(each -> now - each.at() > FORGOTTEN.toNanos());
    Setback before = last.getOrDefault(Delivery.of(row), new Setback(now, -1, Duration.ZERO));
    boolean further = delivered > before.delivered();
    if (!further && now - before.at() < before.pause().toNanos()) {
      return false;
    }
    Duration next = further ? FIRST : before.pause().multipliedBy(2);
    Duration pause = next.compareTo(LONGEST) > 0 ? LONGEST : next;
    last.put(Delivery.of(row), new Setback(now, delivered, pause));
    return true;
  }

  /** The registry was seen to be unwell: once it is well again, that is news. */
  synchronized void forget(DeliveryRow row) {
    last.remove(Delivery.of(row));
  }
}
