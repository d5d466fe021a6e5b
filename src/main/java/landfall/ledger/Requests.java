package landfall.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import landfall.ledger.Request.Kind;

/** The ledger's requests: what people ask of the process that does the work. */
public final class Requests {
  private final Access jdbi;
  private final Writes writes;
  private final Clock clock;

  Requests(Access jdbi, Writes writes, Clock clock) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.clock = clock;
  }

  /** Puts a request and gives its id. */
  public String ask(Kind kind, String archive, String argument, String who) {
    String id = UUID.randomUUID().toString();
    writes.execute(
        "request.ask",
        "INSERT INTO request (id, sequence, kind, archive, argument, who, asked, answer) VALUES"
            + " (?, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM request),?,?,?,?,?,'')",
        id,
        kind.name(),
        archive,
        argument,
        who,
        clock.millis());
    return id;
  }

  public void answer(String id, String answer) {
    writes.execute("request.answer", "UPDATE request SET answer = ? WHERE id = ?", answer, id);
  }

  public List<Request> open() {
    return query("WHERE answer = '' ORDER BY sequence");
  }

  public Optional<Request> byId(String id) {
    return query("WHERE id = ?", id).stream().findFirst();
  }

  private List<Request> query(String where, Object... arguments) {
    return jdbi.withHandle(
        handle ->
            handle
                .select("SELECT * FROM request " + where, arguments)
                .map(
                    (row, context) ->
                        new Request(
                            row.getString("id"),
                            Kind.valueOf(row.getString("kind")),
                            row.getString("archive"),
                            row.getString("argument"),
                            row.getString("who"),
                            Instant.ofEpochMilli(row.getLong("asked")),
                            Optional.of(row.getString("answer")).filter(text -> !text.isEmpty())))
                .list());
  }
}
