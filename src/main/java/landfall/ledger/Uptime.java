package landfall.ledger;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long Landfall has run in all. Whatever waits for a time to pass waits for this one: it never
 * jumps, whatever the clock on the wall does, and what it misses of the time that passed while
 * nothing ran makes things late, never early.
 */
public final class Uptime {
  /** Milliseconds between two entries in the ledger; as much is forgotten at most. */
  private static final long GRAIN = 60_000;

  private final LongSupplier nanoTime;
  private final Writes writes;
  private final long before;
  private final long began;
  private long saved;

  Uptime(Access jdbi, Writes writes, LongSupplier nanoTime) {
    this.writes = writes;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.before =
        jdbi.withHandle(
            handle ->
                handle
                    .select("SELECT millis FROM uptime WHERE id = 1")
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(0L));
    this.saved = before;
  }

  /** Milliseconds. */
  long millis() {
    return before + Duration.ofNanos(nanoTime.getAsLong() - began).toMillis();
  }

  /** Writes it down now and then; called often. */
  public synchronized void tick() {
    long now = millis();
    if (now - saved >= GRAIN) {
      writes.execute(
          "uptime.tick",
          "INSERT INTO uptime (id, millis) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET millis ="
              + " excluded.millis",
          now);
      saved = now;
    }
  }
}
