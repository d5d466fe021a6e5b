package landfall.archive.bytes;

/**
 * A look at the bytes of a {@link Feed} that lie ahead. Parsers read in its array; what nobody
 * wants is stepped over without being copied.
 */
public final class Window {
  /** The most that can be looked at in one piece. */
  public static final int SIZE = 1 << 20;

  private static final int ROOM = 1 << 14;

  private final Feed feed;
  private final byte[] bytes = new byte[SIZE];
  private int next;
  private int end;
  private long passed;
  private boolean dry;

  public Window(Feed feed) {
    this.feed = feed;
  }

  /** How many bytes lie behind. */
  public long position() {
    return passed;
  }

  /** Where the bytes ahead lie, from {@link #at()}; good until the next call that moves on. */
  public byte[] bytes() {
    return bytes;
  }

  public int at() {
    return next;
  }

  /** Whether so many bytes, at most {@link #SIZE}, lie ahead in one piece. */
  public boolean has(int count) {
    while (end - next < count) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  /** How many bytes can be looked at now; none only at the end. */
  public int some() {
    if (next == end) {
      fill();
    }
    return end - next;
  }

  /** Steps over bytes that were looked at. */
  public void advance(int count) {
    next += count;
    passed += count;
  }

  /**
   * Steps over bytes unseen.
   *
   * @return whether there were so many
   */
  public boolean skip(long count) {
    long left = count - leap(count - (end - next));
    while (left > 0) {
      int step = (int) Math.min(left, some());
      if (step == 0) {
        return false;
      }
      advance(step);
      left -= step;
    }
    return true;
  }

  /** Lets the feed step over what lies beyond the bytes at hand, if that is worth the while. */
  private long leap(long beyond) {
    if (beyond < SIZE) {
      return 0;
    }
    long leapt = feed.skip(beyond);
    passed += leapt;
    return leapt;
  }

  /**
   * Steps over zero bytes.
   *
   * @return whether nothing but zeros came until the end
   */
  public boolean onlyZeros() {
    while (some() > 0) {
      if (bytes[next] != 0) {
        return false;
      }
      advance(1);
    }
    return true;
  }

  private boolean fill() {
    if (dry) {
      return false;
    }
    if (next == end) {
      next = 0;
      end = 0;
    } else if (SIZE - end < ROOM) {
      System.arraycopy(bytes, next, bytes, 0, end - next);
      end -= next;
      next = 0;
    }
    int count = feed.read(bytes, end, SIZE - end);
    dry = count < 0;
    end += Math.max(0, count);
    return !dry;
  }
}
