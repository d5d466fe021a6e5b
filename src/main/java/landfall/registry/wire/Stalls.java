package landfall.registry.wire;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends uploads of which the network takes nothing any more, and answers that come so slowly that
 * they never end. A blocked write has no time-out in Java, one byte a second satisfies the one of a
 * read, and a total time-out would be wrong for a blob of 30 GiB.
 */
final class Stalls implements AutoCloseable {
  private final Map<BlobBody, Runnable> uploads = new ConcurrentHashMap<>();
  private final Times times;
  private final ScheduledThreadPoolExecutor clock;
  private final ScheduledFuture<?> looking;

  Stalls(Times times) {
    this.times = times;
    this.clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "landfall-stalls");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    long often = Math.max(1, times.progress().toMillis() / 6);
    this.looking = clock.scheduleWithFixedDelay(this::look, often, often, TimeUnit.MILLISECONDS);
  }

  void watch(BlobBody body, Runnable end) {
    uploads.put(body, end);
  }

  /** Ends a small request that has no answer, or only the beginning of one, after a while. */
  ScheduledFuture<?> limit(Duration patience, Runnable end) {
    return clock.schedule(end, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** True when the upload was still being watched, that is: was not ended from here. */
  boolean release(BlobBody body) {
    return uploads.remove(body) != null;
  }

  private void look() {
    long now = System.nanoTime();
    uploads.forEach(
        (body, end) -> {
          boolean over =
              body.stalledFor(now) > times.progress().toNanos()
                  || body.answerDueFor(now) > times.commit().plus(times.idle()).toNanos();
          if (over && uploads.remove(body) != null) {
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
