package landfall.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that something is tried again and again once, and not at every turn. */
public final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
  private static final long FORGOTTEN = 600_000_000_000L;

  private final LongSupplier nanoTime;
  private final Map<String, Long> said = new ConcurrentHashMap<>();

  /** Takes a monotonic clock in nanoseconds. */
  public Complaints(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A route could not do its turn; says so unless it said the same in the last ten minutes. */
  public void say(String route, Exception why) {
    long now = nanoTime.getAsLong();
    said.values().removeIf(last -> now - last > FORGOTTEN);
    if (said.putIfAbsent(route + " " + root(why), now) == null) {
      LOG.error("{} failed and is tried again: {}", route, root(why));
    }
  }

  /** What lies at the bottom; above it may stand values that differ each time. */
  private static String root(Throwable why) {
    Throwable root = why;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }
}
