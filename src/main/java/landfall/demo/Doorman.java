package landfall.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Gives each request a thread, and hangs up on who connects but sends no request.
 *
 * <p>Those are mostly clients that try TLS first. The JDK's server takes their greeting for the
 * start of a request line and waits for its end; skopeo would wait along for 10 s, jib for 20.
 */
final class Doorman implements Executor, AutoCloseable {
  private static final int THREADS = 32;
  private static final int LOOKS = 4;
  private static final long PAUSE_MILLIS = 250;
  private static final long FAREWELL_SECONDS = 5;

  /** Threads still without a request, and how often they will be looked at before the end. */
  private final Map<Thread, Integer> waiting = new ConcurrentHashMap<>();

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Doorman::thread);
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(Doorman::thread);

  Doorman() {
    // Counted in looks, not by the clock: a machine that stood still for a while hangs up on
    // nobody.
    ScheduledFuture<?> unused =
        watch.scheduleWithFixedDelay(
            () -> waiting.keySet().forEach(this::look), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "embedded-registry");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable exchange) {
    threads.execute(
        () -> {
          waiting.put(Thread.currentThread(), LOOKS);
          try {
            exchange.run();
          } finally {
            waiting.remove(Thread.currentThread());
          }
        });
  }

  /** Says that a request came on this thread; false when its connection has just been cut. */
  boolean admits() {
    return waiting.remove(Thread.currentThread()) != null;
  }

  private void look(Thread thread) {
    waiting.computeIfPresent(
        thread,
        (same, looks) -> {
          if (looks > 1) {
            return looks - 1;
          }
          // Interrupting a thread closes the channel it reads from.
          thread.interrupt();
          return null;
        });
  }

  /** Ends the requests under way, so that nothing is written any more. */
  @Override
  public void close() {
    watch.shutdownNow();
    threads.shutdownNow();
    try {
      threads.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
