package landfall.push;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How many things one registry is sent at a time: each image under way takes a lane, and blobs go
 * beside each other where the images leave some free.
 */
final class Lanes {
  private final IntSupplier pace;
  private final Semaphore blobs;
  private final ExecutorService helpers;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * All are free.
   *
   * @param pace lanes there are; asked whenever one is wanted
   * @param blobs blobs at a time at most, whatever the pace
   * @param helpers threads for what goes beside an image
   */
  Lanes(IntSupplier pace, int blobs, ExecutorService helpers) {
    this.pace = pace;
    this.blobs = new Semaphore(blobs);
    this.helpers = helpers;
  }

  /** An image has been let in by the route, and takes a lane in any case. */
  <T> T forImage(Supplier<T> work) {
    taken.incrementAndGet();
    return inLane(work);
  }

  private <T> T inLane(Supplier<T> work) {
    try {
      return work.get();
    } finally {
      taken.decrementAndGet();
    }
  }

  /** Does something in a lane of its own, if one is free. */
  Optional<Future<?>> beside(Runnable work) {
    int most = pace.getAsInt();
    if (taken.getAndUpdate(now -> now < most ? now + 1 : now) >= most) {
      return Optional.empty();
    }
    return Optional.of(
        helpers.submit(
            () ->
                inLane(
                    () -> {
                      work.run();
                      return true;
                    })));
  }

  /** Does something with one blob once there are not too many under way. */
  <T> T forBlob(Supplier<T> work) {
    blobs.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      blobs.release();
    }
  }
}
