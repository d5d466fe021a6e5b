package landfall.registry.fault;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What all calls to one registry know together: until when it asked to be left alone, and whether
 * so many different things failed in a row that it is the registry and not the things.
 */
public final class Health {
  private static final int FAILURES = 10;
  private static final int ITEMS = 2;

  private final Pause pause;
  private final Set<String> failing = new HashSet<>();
  private int failures;
  private long quietUntil;
  private long slowdowns;

  public Health(Pause pause) {
    this.pause = pause;
    this.quietUntil = pause.nanos();
  }

  /** How often the registry gave reason to work it less hard. */
  public synchronized long slowdowns() {
    return slowdowns;
  }

  synchronized void slowDown() {
    slowdowns++;
  }

  synchronized void quietFor(Duration time) {
    long until = pause.nanos() + time.toNanos();
    if (until - quietUntil > 0) {
      quietUntil = until;
    }
  }

  /** How long every call has to wait from now; zero or less = not at all. */
  synchronized Duration quiet() {
    return Duration.ofNanos(quietUntil - pause.nanos());
  }

  synchronized void succeeded() {
    failures = 0;
    failing.clear();
  }

  /** Counts a failure that may be the registry's; true when it is time to believe so. */
  synchronized boolean failed(String item) {
    failures++;
    failing.add(item);
    if (failures < FAILURES || failing.size() < ITEMS) {
      return false;
    }
    succeeded();
    return true;
  }
}
