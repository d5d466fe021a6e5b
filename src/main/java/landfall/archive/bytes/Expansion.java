package landfall.archive.bytes;

import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * Watches how much comes out of compressed bytes, so that a bomb is stopped and an honest archive
 * is not.
 *
 * <p>A ratio alone cannot tell them apart: an image layer of zeros compresses 1:1030 in gzip and
 * 1:18000 in zstd, for gigabytes on end, and oc-mirror carries such layers. What a bomb does harm
 * with is space. So output is measured in stretches, and what came out of stretches denser than the
 * ratio is summed up; only when that sum outgrows an allowance is the archive refused. The caller
 * makes the allowance the smaller of a fixed amount and half the free space of the spool's disk:
 * then no bomb fills the disk, and anything that could be spooled with ease is. Output below the
 * ratio costs the sender real bytes and is bounded by them, by the total, and by the free space.
 */
public final class Expansion {
  private final Spot start;
  private final Bounds bounds;
  private long markIn;
  private long markOut;
  private long dense;

  public Expansion(String what, Bounds bounds) {
    this.start = new Spot(what, 0);
    this.bounds = bounds;
  }

  /**
   * What compressed bytes may grow to.
   *
   * @param ratio output per input above which a stretch counts as dense
   * @param stretch bytes of output measured at a time
   * @param dense the most that may come out of dense stretches
   * @param total the most that may come out at all
   */
  public record Bounds(long ratio, long stretch, long dense, long total) {}

  /**
   * Tells how far things are.
   *
   * @param in bytes of input used so far
   * @param out bytes of output so far
   */
  void at(long in, long out) {
    if (out > bounds.total()) {
      throw refused(in, out + " bytes", "at most " + bounds.total());
    }
    if (out - markOut < bounds.stretch()) {
      return;
    }
    if (out - markOut > bounds.ratio() * (in - markIn)) {
      dense += out - markOut;
      if (dense > bounds.dense()) {
        throw refused(
            in,
            dense + " bytes that were compressed more than " + bounds.ratio() + " to 1",
            "at most " + bounds.dense() + " of them (half of the free space, or the limit)");
      }
    }
    markIn = in;
    markOut = out;
  }

  private Rejected refused(long in, String found, String expected) {
    return new Spot(start.what(), in).refuse(Code.LIMIT_EXCEEDED, found, expected);
  }
}
