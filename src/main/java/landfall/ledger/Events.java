package landfall.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The ledger's events: every transition and every act of a reviewer, in order. */
public final class Events {
  private final Access jdbi;
  private final Writes writes;
  private final Clock clock;

  Events(Access jdbi, Writes writes, Clock clock) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.clock = clock;
  }

  /** Records something people did or should know, outside a change of state. */
  public void add(String archive, String who, String what, String detail) {
    writes.run("event.add", handle -> add(handle, new Entry(archive, "", who, what, detail)));
  }

  void add(Handle handle, Entry entry) {
    handle.execute(
        "INSERT INTO event (sequence, at, archive, target, who, what, detail) VALUES ((SELECT"
            + " COALESCE(MAX(sequence), 0) + 1 FROM event),?,?,?,?,?,?)",
        clock.millis(),
        entry.archive(),
        entry.target(),
        entry.who(),
        entry.what(),
        entry.detail());
  }

  /** Archives for which something was noted that no later event of another kind has closed. */
  public List<String> open(String opening, String closing) {
    return jdbi.withHandle(
        handle ->
            handle
                .select(
                    "SELECT archive FROM event WHERE what IN (?, ?) GROUP BY archive HAVING"
                        + " MAX(CASE WHEN what = ? THEN sequence ELSE 0 END) > MAX(CASE WHEN what"
                        + " = ? THEN sequence ELSE 0 END) ORDER BY MAX(sequence)",
                    opening,
                    closing,
                    opening,
                    closing)
                .mapTo(String.class)
                .list());
  }

  public List<Event> of(String archive) {
    return jdbi.withHandle(
        handle ->
            handle
                .select("SELECT * FROM event WHERE archive = ? ORDER BY sequence", archive)
                .map(
                    (row, context) ->
                        new Event(
                            row.getLong("sequence"),
                            Instant.ofEpochMilli(row.getLong("at")),
                            row.getString("archive"),
                            row.getString("target"),
                            row.getString("who"),
                            row.getString("what"),
                            row.getString("detail")))
                .list());
  }

  /** An event before it has a time and a number. */
  record Entry(String archive, String target, String who, String what, String detail) {}
}
