package landfall.registry.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What all calls to one registry know together: until when it asked to be left alone, and whether
 * so many different things failed in a row that it is the registry and not the things.
 */
public final class Health {
  private static final int FAILURES = 10;
  private static final int ITEMS = 2;

  /** Of one answer among the latest. */
  private static final double WEIGHT = 1 / 32.0;

  /** So large a share of faults is too much work rather than a network that loses some. */
  private static final double MANY = 0.25;

  private static final Duration NOTICED = Duration.ofSeconds(2);

  private final Pause pause;
  private final Set<String> failing = new HashSet<>();
  private int failures;
  private long quietUntil;
  private Instant askedUntil = Instant.MIN;
  private long slowdowns;
  private double faulty;

  public Health(Pause pause) {
    this.pause = pause;
    this.quietUntil = pause.nanos();
  }

  /** How often the registry gave reason to work it less hard. */
  public synchronized long slowdowns() {
    return slowdowns;
  }

  /** Counts a fault, and whether the registry is to be worked less hard for it. */
  synchronized void stumbled(Remedy.Ease ease) {
    if (ease == Remedy.Ease.NO) {
      return;
    }
    faulty += (1 - faulty) * WEIGHT;
    if (ease == Remedy.Ease.YES || !isSteady()) {
      slowdowns++;
    }
  }

  /** Whether most of the latest answers were none of those that tell of too much work. */
  synchronized boolean isSteady() {
    return faulty <= MANY;
  }

  synchronized void quietFor(Duration time) {
    long until = pause.nanos() + time.toNanos();
    if (until - quietUntil > 0) {
      quietUntil = until;
      askedUntil = time.compareTo(NOTICED) < 0 ? askedUntil : pause.now().plus(time);
    }
  }

  /** Until when it asked to be left alone, where that is so long that somebody may wonder. */
  public synchronized Optional<Instant> quietUntil() {
    return Optional.of(askedUntil).filter(pause.now()::isBefore);
  }

  /** How long every call has to wait from now; zero or less = not at all. */
  synchronized Duration quiet() {
    return Duration.ofNanos(quietUntil - pause.nanos());
  }

  synchronized void succeeded() {
    faulty -= faulty * WEIGHT;
    forget();
  }

  private void forget() {
    failures = 0;
    failing.clear();
  }

  /** Counts a failure that may be the registry's; true when it is time to believe so. */
  synchronized boolean failed(String item) {
    failures++;
    failing.add(item);
    if (failures < FAILURES || failing.size() < ITEMS) {
      return false;
    }
    forget();
    return true;
  }
}
