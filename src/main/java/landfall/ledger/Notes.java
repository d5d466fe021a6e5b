package landfall.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ledger's notes: what is known of a delivery beside its images. */
public final class Notes {
  private final Access jdbi;
  private final Writes writes;

  Notes(Access jdbi, Writes writes) {
    this.jdbi = jdbi;
    this.writes = writes;
  }

  /** Makes these the only notes of their kind that a delivery has. */
  public void replace(String archive, String target, Kind kind, List<Note> notes) {
    writes.run(
        "note.replace",
        handle -> {
          handle.execute(
              "DELETE FROM note WHERE archive = ? AND target = ? AND kind = ?",
              archive,
              target,
              kind.word());
          for (Note note : notes) {
            handle.execute(
                "INSERT INTO note (archive, target, kind, name, text) VALUES (?,?,?,?,?)",
                archive,
                target,
                kind.word(),
                note.name(),
                note.text());
          }
        });
  }

  /** Those of one delivery, by name. */
  public List<Note> of(String archive, String target, Kind kind) {
    return query(
        "WHERE archive = ? AND target = ? AND kind = ? ORDER BY name",
        archive,
        target,
        kind.word());
  }

  /** Those of all deliveries to a target, the oldest archive's first. */
  public List<Note> ofTarget(String target, Kind kind) {
    return query(
        "WHERE target = ? AND kind = ? ORDER BY (SELECT sequence FROM archive WHERE id ="
            + " note.archive), name",
        target,
        kind.word());
  }

  /**
   * Those of all deliveries to a target that brought the image a note is named after, the oldest
   * archive's first.
   */
  public List<Note> ofDelivered(String target, Kind kind) {
    return query(
        "WHERE target = ? AND kind = ? AND EXISTS (SELECT 1 FROM image WHERE image.archive ="
            + " note.archive AND image.target = note.target AND image.destination = note.name AND"
            + " image.outcome IN ('pushed', 'alreadyThere')) ORDER BY (SELECT sequence FROM archive"
            + " WHERE id = note.archive), name",
        target,
        kind.word());
  }

  private List<Note> query(String where, Object... arguments) {
    return jdbi.withHandle(
        handle ->
            handle
                .select("SELECT name, text FROM note " + where, arguments)
                .map((row, context) -> read(row))
                .list());
  }

  private static Note read(ResultSet row) throws SQLException {
    return new Note(row.getString("name"), row.getString("text"));
  }

  /**
   * One note.
   *
   * @param name what it is about; a delivery has one note of a kind with that name
   */
  public record Note(String name, String text) {
    /** How names of warnings begin that are known before anything is pushed. */
    public static final String OF_PLAN = "plan";

    /** How names of warnings begin that come with the cluster resources. */
    public static final String OF_PUBLICATION = "publish";

    private static final int MOST = 500;

    /** Notes of these texts in their order, each once; what would be too many is only counted. */
    public static List<Note> numbered(String beginning, List<String> texts) {
      List<String> all = texts.stream().distinct().toList();
      List<Note> notes = new ArrayList<>();
      for (String text : all.subList(0, Math.min(MOST, all.size()))) {
        notes.add(new Note(name(beginning, notes.size()), text));
      }
      if (all.size() > MOST) {
        String more = "and " + (all.size() - MOST) + " more; the log has them";
        notes.add(new Note(name(beginning, MOST), more));
      }
      return notes;
    }

    private static String name(String beginning, int number) {
      return String.format(Locale.ROOT, "%s %04d", beginning, number);
    }
  }

  /** What a note says. */
  public enum Kind {
    /** What a person should know; named by where it comes from and its number. */
    WARNING,
    /** A complete tag of the archive that nothing asked for: {@code repository:tag}, digest. */
    UNCLAIMED,
    /** How an image's origin is known where no rule tells it: {@code repository:tag}, way. */
    ATTRIBUTION,
    /**
     * What a publication changed: file, space, what tells it from other changes; whether it drains
     * nodes, space, a sentence.
     */
    CHANGE,
    /** A release signature: file name; {@code repository:tag} of the image, space, base64. */
    SIGNATURE,
    /** What an operator said when the archive was handed over: option; its value. */
    OPTION,
    /** A CatalogSource template: {@code repository:tag} of the catalog; YAML. */
    TEMPLATE,
    /** Packages of a catalog: {@code repository:tag}; a line of name and versions for each. */
    VERSIONS,
    /** {@code newest}: when the newest thing an archive carries was written at the sender's. */
    WRITTEN,
    /** What became of content that was brought for other archives; {@code sentence}. */
    SUPPLY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
