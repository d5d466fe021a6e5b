package landfall.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import landfall.registry.fault.Pause;

/** Time that passes only when somebody sleeps, and chance that always gives the same. */
public final class StandingClock implements Pause {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final double chance;
  private final List<Duration> sleeps = new ArrayList<>();
  private Duration passed = Duration.ZERO;

  public StandingClock(double chance) {
    this.chance = chance;
  }

  public static StandingClock halfway() {
    return new StandingClock(0.5);
  }

  @Override
  public synchronized void sleep(Duration time) {
    sleeps.add(time);
    passed = passed.plus(time);
  }

  @Override
  public synchronized long nanos() {
    return passed.toNanos();
  }

  @Override
  public synchronized Instant now() {
    return START.plus(passed);
  }

  @Override
  public double chance() {
    return chance;
  }

  public synchronized void pass(Duration time) {
    passed = passed.plus(time);
  }

  /** Each sleep so far. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  /** All time that has passed. */
  public synchronized Duration passed() {
    return passed;
  }
}
