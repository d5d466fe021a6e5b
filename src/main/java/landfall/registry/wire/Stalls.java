package landfall.registry.wire;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends requests whose deadline is over. A blocked write has no time-out in Java, that of a read
 * begins again with every byte, and a total time-out would be wrong for a blob of 30 GiB.
 */
final class Stalls implements AutoCloseable {
  private static final int LOOKS = 12;

  private final Map<Deadline, Runnable> requests = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> looking;

  /**
   * Begins to watch.
   *
   * @param shortest deadline that is set; it is kept to within a twelfth of that
   */
  Stalls(Duration shortest) {
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "landfall-stalls");
              thread.setDaemon(true);
              return thread;
            });
    long often = Math.max(1, shortest.toMillis() / LOOKS);
    this.looking = clock.scheduleWithFixedDelay(this::look, often, often, TimeUnit.MILLISECONDS);
  }

  void watch(Deadline deadline, Runnable end) {
    requests.put(deadline, end);
  }

  /** True when the request was still being watched, that is: was not ended from here. */
  boolean release(Deadline deadline) {
    return requests.remove(deadline) != null;
  }

  boolean isWatching() {
    return !requests.isEmpty();
  }

  private void look() {
    long now = System.nanoTime();
    requests.forEach(
        (deadline, end) -> {
          if (deadline.isOver(now) && requests.remove(deadline) != null) {
            end.run();
          }
        });
  }

  @Override
  public void close() {
    looking.cancel(true);
    clock.shutdownNow();
  }
}
