package landfall.registry.wire;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import landfall.registry.fault.Pause;

/** Counts what is sent, tells whoever wants to know, and holds it below the cap if there is one. */
public final class Meter {
  private static final long SECOND = 1_000_000_000L;

  private final LongAdder requests = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongConsumer progress;
  private final long bytesPerSecond;
  private final Pause pause;
  private long free;

  /**
   * Starts at zero.
   *
   * @param bytesPerSecond cap for all uploads together; 0 = none
   */
  public Meter(LongConsumer progress, long bytesPerSecond, Pause pause) {
    this.progress = progress;
    this.bytesPerSecond = bytesPerSecond;
    this.pause = pause;
    this.free = pause.nanos();
  }

  public long requests() {
    return requests.sum();
  }

  public long bytes() {
    return bytes.sum();
  }

  void request() {
    requests.increment();
  }

  /** So much of a blob has been taken by the connection. */
  void sent(int count) {
    bytes.add(count);
    progress.accept(count);
  }

  /** The clock that uploads are timed with. */
  long nanos() {
    return pause.nanos();
  }

  /** The largest portion that may be sent at once without making a cap meaningless. */
  int portion(int wanted) {
    return bytesPerSecond == 0
        ? wanted
        : (int) Math.max(1024, Math.min(wanted, bytesPerSecond / 10));
  }

  /** Waits until so much may be sent. */
  void await(int count) throws InterruptedException {
    if (bytesPerSecond == 0) {
      return;
    }
    long wait = reserve(count);
    if (wait > 0) {
      pause.sleep(Duration.ofNanos(wait));
    }
  }

  private synchronized long reserve(int count) {
    long now = pause.nanos();
    if (now - free > 0) {
      free = now;
    }
    long wait = free - now;
    free += (long) (count * (double) SECOND / bytesPerSecond);
    return wait;
  }
}
