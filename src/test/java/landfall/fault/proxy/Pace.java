package landfall.fault.proxy;

import java.util.concurrent.locks.LockSupport;

/**
 * How fast a way is.
 *
 * @param bytesPerSecond of a body that goes up on each connection; 0 for as fast as it can
 * @param delayMillis how long every request waits before it is passed on
 */
record Pace(long bytesPerSecond, long delayMillis) {
  static final Pace FREE = new Pace(0, 0);

  void delay() {
    pause(delayMillis * 1_000_000);
  }

  void sent(long bytes) {
    pause(bytesPerSecond == 0 ? 0 : bytes * 1_000_000_000L / bytesPerSecond);
  }

  static void pause(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
