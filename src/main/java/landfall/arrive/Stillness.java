package landfall.arrive;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Remembers since when things look as they do, by a clock that never jumps. */
public final class Stillness {
  private final LongSupplier nanoTime;
  private final Map<Path, Sight> sights = new ConcurrentHashMap<>();

  /** Takes a monotonic clock in nanoseconds, such as {@code System::nanoTime}. */
  public Stillness(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether what stands for the path has been equal to {@code state} for so long. */
  boolean lasted(Path path, Object state, Duration time) {
    long now = nanoTime.getAsLong();
    Sight sight =
        sights.merge(
            path,
            new Sight(state, now),
            (before, fresh) -> before.state().equals(state) ? before : fresh);
    return now - sight.since() >= time.toNanos();
  }

  /** Forgets the path; it went away. */
  void forget(Path path) {
    sights.remove(path);
    sights.remove(path.resolve("+"));
  }

  private record Sight(Object state, long since) {}
}
