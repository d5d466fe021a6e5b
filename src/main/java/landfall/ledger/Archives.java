package landfall.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.image.Digest;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The ledger's archives: what came, where it lies, what it turned out to be. */
public final class Archives {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLUMNS =
      "id, sequence, name, source, files, chunked, in_place, promises, identity, producer,"
          + " differential, arrived, finished";

  private final Access jdbi;
  private final Writes writes;
  private final Clock clock;
  private final Uptime uptime;

  Archives(Access jdbi, Writes writes, Clock clock, Uptime uptime) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.clock = clock;
    this.uptime = uptime;
  }

  /** Adds an archive that has just come; its sequence is the next one whatever the row says. */
  public void add(ArchiveRow row) {
    writes.run(
        "archive.add",
        handle ->
            insert(handle, row, "(SELECT COALESCE(MAX(sequence), 0) + 1 FROM archive)").execute());
  }

  /** Adds an archive as it stood, with its sequence. */
  void restore(Handle handle, ArchiveRow row) {
    insert(handle, row, ":sequence").bind("sequence", row.sequence()).execute();
  }

  private Update insert(Handle handle, ArchiveRow row, String sequence) {
    return handle
        .createUpdate(
            "INSERT INTO archive ("
                + COLUMNS
                + ", bytes, arrived_up, finished_up) VALUES (:id, "
                + sequence
                + ", :name, :source, :files, :chunked, :inPlace, :promises, :identity,"
                + " :producer, :differential, :arrived, :finished, :bytes, :uptime, :uptime)")
        .bind("id", row.id())
        .bind("name", row.name())
        .bind("source", row.source().toString())
        .bind("files", json(row.files()))
        .bind("chunked", row.chunked() ? 1 : 0)
        .bind("inPlace", row.inPlace() ? 1 : 0)
        .bind("promises", row.promises())
        .bind("identity", row.identity().map(Digest::toString).orElse(""))
        .bind("producer", row.producer().orElse(""))
        .bind("differential", row.differential() ? 1 : 0)
        .bind("arrived", row.arrived().toEpochMilli())
        .bind("finished", row.finished().map(Instant::toEpochMilli).orElse(0L))
        .bind("bytes", row.bytes())
        .bind("uptime", uptime.millis());
  }

  /** Records where an archive's files lie now, their stats and what their checksum files say. */
  public void locate(String id, Path source, List<ArchiveFile> files, String promises) {
    long bytes = files.stream().mapToLong(ArchiveFile::size).sum();
    writes.execute(
        "archive.locate",
        "UPDATE archive SET source = ?, files = ?, promises = ?, bytes = ? WHERE id = ?",
        source.toString(),
        json(files),
        promises,
        bytes,
        id);
  }

  /** Records what verification found. */
  public void identify(String id, Digest identity) {
    writes.execute(
        "archive.identify",
        "UPDATE archive SET identity = ? WHERE id = ?",
        identity.toString(),
        id);
  }

  /** Records what opening found. */
  public void describe(String id, Optional<String> producer, boolean differential) {
    writes.execute(
        "archive.describe",
        "UPDATE archive SET producer = ?, differential = ? WHERE id = ?",
        producer.orElse(""),
        differential ? 1 : 0,
        id);
  }

  public void finish(String id) {
    writes.execute(
        "archive.finish",
        "UPDATE archive SET finished = ?, finished_up = ? WHERE id = ?",
        clock.millis(),
        uptime.millis(),
        id);
  }

  /** Takes the end back; a review sent it round again. */
  public void reopen(String id) {
    writes.execute("archive.reopen", "UPDATE archive SET finished = 0 WHERE id = ?", id);
  }

  /** Forgets an archive that went away before it was complete. */
  public void forget(String id) {
    writes.execute("archive.forget", "DELETE FROM archive WHERE id = ?", id);
  }

  /** Counts that an archive has brought the program to its knees; gives how often by now. */
  public int strike(String id) {
    return writes.get(
        "archive.strike",
        handle -> {
          handle.execute("UPDATE archive SET strikes = strikes + 1 WHERE id = ?", id);
          return handle
              .select("SELECT strikes FROM archive WHERE id = ?", id)
              .mapTo(Integer.class)
              .one();
        });
  }

  /** How long Landfall has run since the archive came. */
  public Duration age(String id) {
    long arrived =
        jdbi.withHandle(
            handle ->
                handle
                    .select("SELECT arrived_up FROM archive WHERE id = ?", id)
                    .mapTo(Long.class)
                    .one());
    return Duration.ofMillis(uptime.millis() - arrived);
  }

  /** A number that grows whenever the bytes of an archive have become known, or one has ended. */
  public long progress() {
    return jdbi.withHandle(
        handle ->
            handle
                .select(
                    "SELECT COALESCE(SUM(CASE WHEN identity <> '' THEN 1 ELSE 0 END), 0) +"
                        + " COALESCE(SUM(CASE WHEN finished > 0 THEN 1 ELSE 0 END), 0) FROM"
                        + " archive")
                .mapTo(Long.class)
                .one());
  }

  public Optional<ArchiveRow> byId(String id) {
    return query("WHERE id = ?", id).stream().findFirst();
  }

  /** Archives whose id or SHA-256 starts with the text; more than one when it is too short. */
  public List<ArchiveRow> byPrefix(String prefix) {
    String pattern = prefix.replaceAll("[!%_]", "!$0") + "%";
    return query(
        "WHERE id LIKE ? ESCAPE '!' OR identity LIKE ? ESCAPE '!' OR identity LIKE ? ESCAPE '!'",
        pattern,
        pattern,
        "sha256:" + pattern);
  }

  /** Archives whose file or folder is recorded to lie at the path, latest first. */
  public List<ArchiveRow> at(Path source) {
    return query("WHERE source = ? ORDER BY sequence DESC", source.toString());
  }

  /** All, in order of arrival. */
  public List<ArchiveRow> all() {
    return query("ORDER BY sequence");
  }

  /** Those whose way has not ended, in order of arrival. */
  public List<ArchiveRow> unfinished() {
    return query("WHERE finished = 0 ORDER BY sequence");
  }

  /** Those since whose end Landfall has run for a time, in order of arrival. */
  public List<ArchiveRow> finishedFor(Duration time) {
    return query(
        "WHERE finished > 0 AND finished_up <= ? ORDER BY sequence",
        uptime.millis() - time.toMillis());
  }

  /** Other archives with the same bytes. */
  public List<ArchiveRow> twins(String id, Digest identity) {
    return query("WHERE identity = ? AND id <> ?", identity.toString(), id);
  }

  private List<ArchiveRow> query(String where, Object... arguments) {
    return jdbi.withHandle(
        handle ->
            handle
                .select("SELECT " + COLUMNS + " FROM archive " + where, arguments)
                .map((row, context) -> read(row))
                .list());
  }

  private static ArchiveRow read(ResultSet row) throws SQLException {
    long finished = row.getLong("finished");
    return new ArchiveRow(
        row.getString("id"),
        row.getLong("sequence"),
        row.getString("name"),
        Path.of(row.getString("source")),
        files(row.getString("files")),
        row.getLong("chunked") != 0,
        row.getLong("in_place") != 0,
        row.getString("promises"),
        given(row.getString("identity")).map(Digest::parse),
        given(row.getString("producer")),
        row.getLong("differential") != 0,
        Instant.ofEpochMilli(row.getLong("arrived")),
        finished == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(finished)));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(value -> !value.isEmpty());
  }

  private static String json(List<ArchiveFile> files) {
    try {
      return JSON.writeValueAsString(files.stream().map(StoredFile::of).toList());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<ArchiveFile> files(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<StoredFile>>() {}).stream()
          .map(StoredFile::toFile)
          .toList();
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("the ledger holds no file list: " + json, damaged);
    }
  }

  /** A file as the ledger stores it. */
  private record StoredFile(String path, long size, long modified, long changed, String inode) {
    static StoredFile of(ArchiveFile file) {
      return new StoredFile(
          file.path().toString(), file.size(), file.modified(), file.changed(), file.inode());
    }

    ArchiveFile toFile() {
      return new ArchiveFile(Path.of(path), size, modified, changed, inode);
    }
  }
}
