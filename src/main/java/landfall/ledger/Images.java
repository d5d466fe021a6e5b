package landfall.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.image.Digest;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.ImageRow.Moved;
import landfall.ledger.ImageRow.Origin;
import org.jdbi.v3.core.Handle;

/** The ledger's images: what became of each image of each delivery. */
public final class Images {
  private static final String COLUMNS =
      "archive, target, destination, origins, digest, outcome, code, sentence, next, sent,"
          + " mounted, already";

  private static final String NEXT_TAGGED = "(SELECT COALESCE(MAX(tagged), 0) + 1 FROM image)";

  private final Access jdbi;
  private final Writes writes;

  Images(Access jdbi, Writes writes) {
    this.jdbi = jdbi;
    this.writes = writes;
  }

  /**
   * Records an image's fate. What an earlier try of the same delivery pushed stays pushed, and
   * bytes of all tries add up.
   */
  public void record(ImageRow row) {
    writes.run("image.record", handle -> record(handle, row));
  }

  void record(Handle handle, ImageRow row) {
    handle
        .createUpdate(
            "INSERT INTO image ("
                + COLUMNS
                + ", tagged) VALUES (:archive, :target, :destination, :origins, :digest,"
                + " :outcome, :code, :sentence, :next, :sent, :mounted, :already, "
                + (row.fate().delivered() ? NEXT_TAGGED : "0")
                + ")"
                + " ON CONFLICT (archive, target, destination) DO UPDATE SET outcome = CASE"
                + " WHEN image.outcome = 'pushed' AND excluded.outcome = 'alreadyThere' AND"
                + " image.digest = excluded.digest THEN 'pushed' ELSE excluded.outcome END,"
                + " origins = excluded.origins, digest ="
                + " excluded.digest, code = excluded.code, sentence = excluded.sentence,"
                + " next = excluded.next, sent = image.sent + excluded.sent, mounted ="
                + " MAX(image.mounted, excluded.mounted), already = CASE WHEN image.outcome"
                + " = 'pushed' THEN image.already ELSE excluded.already END, tagged = CASE WHEN"
                + " image.tagged > 0 THEN image.tagged ELSE excluded.tagged END")
        .bind("archive", row.archive())
        .bind("target", row.target())
        .bind("destination", row.destination())
        .bind("origins", lines(row.origins()))
        .bind("digest", row.digest().map(Digest::toString).orElse(""))
        .bind("outcome", row.fate().word())
        .bind("code", row.reason().map(why -> why.code().name()).orElse(""))
        .bind("sentence", row.reason().map(Reason::sentence).orElse(""))
        .bind("next", row.reason().map(Reason::next).orElse(""))
        .bind("sent", row.moved().sent())
        .bind("mounted", row.moved().mounted())
        .bind("already", row.moved().alreadyThere())
        .execute();
  }

  /** Forgets what did not get through, before it is tried again. */
  public void forgetFailures(String archive, String target) {
    writes.execute(
        "image.forgetFailures",
        "DELETE FROM image WHERE archive = ? AND target = ? AND outcome NOT IN ('pushed',"
            + " 'alreadyThere', 'superseded')",
        archive,
        target);
  }

  public List<ImageRow> of(String archive, String target) {
    return query("WHERE archive = ? AND target = ? ORDER BY destination", archive, target);
  }

  /** How many images of a delivery are there. */
  public long delivered(String archive, String target) {
    return of(archive, target).stream().filter(row -> row.fate().delivered()).count();
  }

  /** Every image that was ever delivered to a target, by whichever archive, oldest first. */
  public List<ImageRow> deliveredTo(String target) {
    return query(
        "WHERE target = ? AND outcome IN ('pushed', 'alreadyThere') ORDER BY (SELECT sequence FROM"
            + " archive WHERE id = image.archive), destination",
        target);
  }

  private List<ImageRow> query(String where, Object... arguments) {
    return jdbi.withHandle(
        handle ->
            handle
                .select("SELECT " + COLUMNS + " FROM image " + where, arguments)
                .map((row, context) -> read(row))
                .list());
  }

  private static ImageRow read(ResultSet row) throws SQLException {
    String code = row.getString("code");
    return new ImageRow(
        row.getString("archive"),
        row.getString("target"),
        row.getString("destination"),
        origins(row.getString("origins")),
        Optional.of(row.getString("digest")).filter(text -> !text.isEmpty()).map(Digest::parse),
        Fate.ofWord(row.getString("outcome")),
        code.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Reason(
                    Code.valueOf(code),
                    row.getString("sentence"),
                    row.getString("next"),
                    List.of())),
        new Moved(row.getLong("sent"), row.getLong("mounted"), row.getLong("already")));
  }

  private static String lines(List<Origin> origins) {
    return origins.stream()
        .map(origin -> origin.type() + " " + origin.reference())
        .collect(Collectors.joining("\n"));
  }

  private static List<Origin> origins(String lines) {
    return lines
        .lines()
        .map(
            line ->
                new Origin(
                    line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)))
        .toList();
  }
}
