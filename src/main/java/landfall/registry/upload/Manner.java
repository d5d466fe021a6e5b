package landfall.registry.upload;

import java.time.Duration;
import landfall.registry.fault.Pause;

/**
 * How one target takes uploads, as far as that has been found out: how large a body passes, and
 * whether pieces are kept. All uploads learn from each other, for the life of the process.
 */
public final class Manner {
  /**
   * No piece is larger: below 0.6 MiB/s it would take longer than 30 s, half of the shortest limit
   * on time there is (zot's), and larger ones gain nothing.
   */
  static final long LARGEST_PIECE = 16L << 20;

  /** No piece is smaller: what lets less through lets no manifest of a larger image through. */
  public static final int SMALLEST_PIECE = 64 << 10;

  private final Best bytes;
  private final Best nanos;
  private long most = Long.MAX_VALUE;
  private boolean refused;
  private boolean whole;
  private boolean suspected;

  public Manner(Pause pause) {
    this.bytes = new Best(pause);
    this.nanos = new Best(pause);
  }

  /** The most of something that passed lately; what passed long ago may not pass any more. */
  private static final class Best {
    private static final Duration LATELY = Duration.ofMinutes(10);

    private final Pause pause;
    private long value;
    private long at;

    Best(Pause pause) {
      this.pause = pause;
    }

    void raise(long passed) {
      if (passed >= value()) {
        value = passed;
        at = pause.nanos();
      }
    }

    long value() {
      return pause.nanos() - at > LATELY.toNanos() ? 0 : value;
    }
  }

  /** The most bytes to send at once. */
  synchronized long most() {
    return whole ? Long.MAX_VALUE : most;
  }

  /** The largest size below another one that is worth trying; halves from piece to piece. */
  static long below(long size) {
    return Math.min(LARGEST_PIECE, Long.highestOneBit(Math.max(0, size - 1)));
  }

  /** A body went through. */
  synchronized void passed(Progress body) {
    bytes.raise(body.sent());
    nanos.raise(body.nanos());
  }

  /** The largest body that went through lately. */
  synchronized long passed() {
    return bytes.value();
  }

  /** Whether two breaks may be due to a limit: nothing as large, or nothing as slow, has passed. */
  synchronized boolean isLimit(Progress before, Progress now) {
    return (now.isAtSameCount(before) && bytes.value() < Math.min(before.sent(), now.sent()))
        || (now.isAtSameTime(before) && nanos.value() < Math.min(before.nanos(), now.nanos()));
  }

  /** It was said that a body of that length is too large. */
  synchronized void refused(long length) {
    refused = true;
    most = Math.min(most, Math.max(SMALLEST_PIECE, below(length)));
  }

  /** A blob that broke off time and again passed in pieces; chance does not strike two that way. */
  synchronized void passedOnlyIn(long piece) {
    if (suspected) {
      most = Math.min(most, piece);
    }
    suspected = true;
  }

  /** Pieces are not kept or not taken; false when whole blobs are not taken either. */
  synchronized boolean onlyWhole() {
    boolean possible = !whole && !refused;
    whole = true;
    return possible;
  }

  synchronized boolean isOnlyWhole() {
    return whole;
  }

  /** Begins anew, because somebody is said to have changed the limit. */
  public synchronized void forget() {
    most = Long.MAX_VALUE;
    refused = false;
    whole = false;
    suspected = false;
  }
}
