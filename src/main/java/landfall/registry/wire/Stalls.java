package landfall.registry.wire;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends uploads of which the network takes nothing any more. A blocked write has no time-out in
 * Java, and a total time-out would be wrong for a blob of 30 GiB.
 */
final class Stalls implements AutoCloseable {
  private final Map<BlobBody, Runnable> uploads = new ConcurrentHashMap<>();
  private final long longest;
  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> looking;

  Stalls(Duration longest) {
    this.longest = longest.toNanos();
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "landfall-stalls");
              thread.setDaemon(true);
              return thread;
            });
    long often = Math.max(1, longest.toMillis() / 6);
    this.looking = clock.scheduleWithFixedDelay(this::look, often, often, TimeUnit.MILLISECONDS);
  }

  void watch(BlobBody body, Runnable end) {
    uploads.put(body, end);
  }

  /** True when the upload was still being watched, that is: was not ended from here. */
  boolean release(BlobBody body) {
    return uploads.remove(body) != null;
  }

  private void look() {
    long now = System.nanoTime();
    uploads.forEach(
        (body, end) -> {
          if (body.stalledFor(now) > longest && uploads.remove(body) != null) {
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
