package landfall.push;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import landfall.registry.Registry.Traffic;
import landfall.registry.personality.Personality;
import landfall.target.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many images one registry is sent at a time: begins with the fewest, takes one more as long as
 * that gets more done, one less when it did not, and half when the registry complains (push-notes
 * §3).
 *
 * <p>More done is more bytes or more requests a second: a wave of small images sends next to no
 * bytes.
 */
final class Pace {
  private static final Logger LOG = LoggerFactory.getLogger(Pace.class);

  /** Long enough for a rate to mean something, short enough to be over before the wave is. */
  private static final long WINDOW = Duration.ofSeconds(2).toNanos();

  /** After a step that was one too many, and after a complaint. */
  private static final long REST = Duration.ofSeconds(20).toNanos();

  private static final double MORE = 1.05;

  private final Target.Limits limits;
  private final Supplier<Traffic> traffic;
  private final LongSupplier slowdowns;
  private final Supplier<Personality> personality;
  private final LongSupplier nanos;
  private int images;
  private boolean trial;
  private Rate without = Rate.NONE;
  private long complaints;
  private long halved;
  private long restUntil;
  private long since;
  private Traffic before;

  /**
   * Begins with the fewest.
   *
   * @param traffic what was moved so far
   * @param slowdowns how often the registry gave reason to be worked less hard
   * @param personality who it is
   * @param nanos a clock that only counts
   */
  Pace(
      Target.Limits limits,
      Supplier<Traffic> traffic,
      LongSupplier slowdowns,
      Supplier<Personality> personality,
      LongSupplier nanos) {
    this.limits = limits;
    this.traffic = traffic;
    this.slowdowns = slowdowns;
    this.personality = personality;
    this.nanos = nanos;
    this.images = limits.fewestImages();
    this.complaints = slowdowns.getAsLong();
    this.before = traffic.get();
    this.since = nanos.getAsLong();
    this.halved = since - WINDOW;
    this.restUntil = since;
  }

  /** Images at a time from now on. */
  synchronized int now() {
    long time = nanos.getAsLong();
    if (slowdowns.getAsLong() > complaints) {
      complain(time);
    } else if (time - since >= WINDOW) {
      judge(Rate.of(before, traffic.get(), time - since), time);
      begin(time);
    }
    return images;
  }

  /** What is complained of within a window after a halving is still the larger number's doing. */
  private void complain(long time) {
    complaints = slowdowns.getAsLong();
    if (time - halved >= WINDOW) {
      halved = time;
      set(Math.max(1, images / 2), "it complains");
    }
    rest(time);
    begin(time);
  }

  private void judge(Rate rate, long time) {
    if (rate.equals(Rate.NONE) || time - restUntil < 0) {
      return;
    }
    if (trial && !rate.beats(without)) {
      set(Math.max(1, images - 1), "one more got no more done");
      rest(time);
      return;
    }
    without = rate;
    int most = most();
    trial = images < most;
    set(Math.min(most, images + 1), "it may take more");
  }

  /** What is set to begin with is kept to, whatever is said of such registries. */
  private int most() {
    int borne = Math.max(limits.fewestImages(), personality.get().mostImages());
    return Math.min(limits.mostImages(), borne);
  }

  private void rest(long time) {
    trial = false;
    restUntil = time + REST;
  }

  private void begin(long time) {
    before = traffic.get();
    since = time;
  }

  private void set(int wanted, String why) {
    if (wanted != images) {
      LOG.debug("{} images at a time instead of {}: {}", wanted, images, why);
      images = wanted;
    }
  }

  /** What was got done in a second. */
  private record Rate(double bytes, double requests) {
    static final Rate NONE = new Rate(0, 0);

    static Rate of(Traffic before, Traffic after, long nanos) {
      double seconds = nanos / 1e9;
      return new Rate(
          (after.blobBytes() - before.blobBytes()) / seconds,
          (after.requests() - before.requests()) / seconds);
    }

    boolean beats(Rate other) {
      return bytes > other.bytes * MORE || requests > other.requests * MORE;
    }
  }
}
