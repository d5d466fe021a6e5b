package landfall.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import landfall.failure.Code;
import org.jdbi.v3.core.Handle;

/** The ledger's deliveries: their states, and the queue of those that are to be worked on. */
public final class Deliveries {
  private static final String COLUMNS =
      "archive, target, registry, state, step, code, sentence, next, evidence, since, images,"
          + " bytes";

  private final Access jdbi;
  private final Writes writes;
  private final Clock clock;
  private final Events events;

  Deliveries(Access jdbi, Writes writes, Clock clock, Events events) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.clock = clock;
    this.events = events;
  }

  /** Adds a delivery that waits, at the arrive step. */
  public void add(String archive, String target, String registry, Optional<Reason> why) {
    writes.run(
        "delivery.add",
        handle -> {
          handle.execute(
              "INSERT INTO delivery (" + COLUMNS + ") VALUES (?,?,?,?,?,'','','','',?,0,0)",
              archive,
              target,
              registry,
              State.WAITING.name(),
              Step.ARRIVE.name(),
              clock.millis());
          events.add(handle, new Events.Entry(archive, target, "landfall", "ARRIVED", registry));
          if (why.isPresent()) {
            move(handle, archive, target, State.WAITING, why);
          }
        });
  }

  /** Adds a delivery as it stood. */
  void restore(Handle handle, DeliveryRow row) {
    handle.execute(
        "INSERT INTO delivery (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        row.archive(),
        row.target(),
        row.registry(),
        row.state().name(),
        row.step().name(),
        row.reason().map(why -> why.code().name()).orElse(""),
        row.reason().map(Reason::sentence).orElse(""),
        row.reason().map(Reason::next).orElse(""),
        row.reason().map(why -> String.join("\n", why.evidence())).orElse(""),
        row.since().toEpochMilli(),
        row.images(),
        row.bytes());
  }

  /**
   * Moves deliveries of an archive to another state, with an event each.
   *
   * @param targets those that move
   */
  public void move(String archive, List<String> targets, State state, Optional<Reason> reason) {
    writes.run(
        "delivery.move-" + state,
        handle -> {
          for (String target : targets) {
            move(handle, archive, target, state, reason);
          }
        });
  }

  private void move(
      Handle handle, String archive, String target, State state, Optional<Reason> reason) {
    Optional<DeliveryRow> before = find(handle, archive, target);
    boolean same = before.isPresent() && sameFault(before.get(), reason);
    if (same && before.get().state() == state && before.get().reason().equals(reason)) {
      return;
    }
    handle.execute(
        "UPDATE delivery SET state = ?, code = ?, sentence = ?, next = ?, evidence = ?, since = ?"
            + " WHERE archive = ? AND target = ?",
        state.name(),
        reason.map(why -> why.code().name()).orElse(""),
        reason.map(Reason::sentence).orElse(""),
        reason.map(Reason::next).orElse(""),
        reason.map(why -> String.join("\n", why.evidence())).orElse(""),
        same ? before.get().since().toEpochMilli() : clock.millis(),
        archive,
        target);
    String detail = reason.map(why -> why.code() + ": " + why.sentence()).orElse("");
    events.add(handle, new Events.Entry(archive, target, "landfall", state.name(), detail));
  }

  /** A fault that is met again goes on since it was met first. */
  private static boolean sameFault(DeliveryRow before, Optional<Reason> reason) {
    return reason.isPresent() && before.reason().map(Reason::code).equals(reason.map(Reason::code));
  }

  /** Makes deliveries runnable; the reason they carry stays until they get past it. */
  public void resume(String archive, List<String> targets, String who) {
    writes.run(
        "delivery.resume",
        handle -> {
          for (String target : targets) {
            handle.execute(
                "UPDATE delivery SET state = 'RUNNABLE' WHERE archive = ? AND target = ?",
                archive,
                target);
            events.add(handle, new Events.Entry(archive, target, who, State.RUNNABLE.name(), ""));
          }
        });
  }

  public void step(String archive, List<String> targets, Step step) {
    writes.run(
        "delivery.step-" + step,
        handle ->
            targets.forEach(
                target ->
                    handle.execute(
                        "UPDATE delivery SET step = ? WHERE archive = ? AND target = ?",
                        step.name(),
                        archive,
                        target)));
  }

  /** Records how much a delivery has to do. */
  public void planned(String archive, String target, long images, long bytes) {
    writes.execute(
        "delivery.planned",
        "UPDATE delivery SET images = ?, bytes = ? WHERE archive = ? AND target = ?",
        images,
        bytes,
        archive,
        target);
  }

  /**
   * Takes the runnable deliveries of the archive that came first and marks them running. A target
   * that has enough to do does not keep the others waiting.
   *
   * @param most deliveries a target may have running at a time
   * @param mine archives that may be taken
   * @return empty when nothing is runnable
   */
  public List<DeliveryRow> take(int most, Predicate<String> mine) {
    if (in(State.RUNNABLE).isEmpty()) {
      return List.of();
    }
    return writes.get(
        "delivery.take",
        handle -> {
          List<DeliveryRow> runnable =
              rows(
                  handle,
                  "WHERE state = 'RUNNABLE' AND NOT EXISTS (SELECT 1 FROM delivery sibling WHERE"
                      + " sibling.archive = delivery.archive AND sibling.state = 'RUNNING' AND"
                      + " sibling.step IN ('ARRIVE', 'VERIFY', 'OPEN')) AND (SELECT COUNT(*) FROM"
                      + " delivery other WHERE other.target = delivery.target AND other.state ="
                      + " 'RUNNING') < ? ORDER BY (SELECT sequence FROM archive WHERE id ="
                      + " delivery.archive), target",
                  most);
          Optional<String> first =
              runnable.stream().map(DeliveryRow::archive).filter(mine).findFirst();
          List<DeliveryRow> taken =
              runnable.stream()
                  .filter(row -> first.filter(row.archive()::equals).isPresent())
                  .toList();
          taken.forEach(
              row ->
                  handle.execute(
                      "UPDATE delivery SET state = 'RUNNING' WHERE archive = ? AND target = ?",
                      row.archive(),
                      row.target()));
          return taken;
        });
  }

  /** After a restart: what was running is runnable again. */
  public void recover() {
    writes.execute(
        "delivery.recover", "UPDATE delivery SET state = 'RUNNABLE' WHERE state = 'RUNNING'");
  }

  public List<DeliveryRow> of(String archive) {
    return query("WHERE archive = ? ORDER BY target", archive);
  }

  public Optional<DeliveryRow> find(String archive, String target) {
    return jdbi.withHandle(handle -> find(handle, archive, target));
  }

  private static Optional<DeliveryRow> find(Handle handle, String archive, String target) {
    return rows(handle, "WHERE archive = ? AND target = ?", archive, target).stream().findFirst();
  }

  public List<DeliveryRow> in(State state) {
    return query("WHERE state = ? ORDER BY archive, target", state.name());
  }

  private List<DeliveryRow> query(String where, Object... arguments) {
    return jdbi.withHandle(handle -> rows(handle, where, arguments));
  }

  private static List<DeliveryRow> rows(Handle handle, String where, Object... arguments) {
    return handle
        .select("SELECT " + COLUMNS + " FROM delivery " + where, arguments)
        .map((row, context) -> read(row))
        .list();
  }

  private static DeliveryRow read(ResultSet row) throws SQLException {
    return new DeliveryRow(
        row.getString("archive"),
        row.getString("target"),
        row.getString("registry"),
        State.valueOf(row.getString("state")),
        Step.valueOf(row.getString("step")),
        reason(row),
        Instant.ofEpochMilli(row.getLong("since")),
        row.getLong("images"),
        row.getLong("bytes"));
  }

  private static Optional<Reason> reason(ResultSet row) throws SQLException {
    String code = row.getString("code");
    if (code.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Reason(
            Code.valueOf(code),
            row.getString("sentence"),
            row.getString("next"),
            row.getString("evidence").lines().toList()));
  }
}
