package landfall.registry.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, so that a test can stand still and know what comes. */
public interface Pause {
  void sleep(Duration time) throws InterruptedException;

  /** A monotonic clock. */
  long nanos();

  /** The clock on the wall. */
  Instant now();

  /** A number in [0, 1). */
  double chance();

  /** The real thing. */
  static Pause real() {
    return new Pause() {
      @Override
      public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public double chance() {
        return ThreadLocalRandom.current().nextDouble();
      }
    };
  }
}
