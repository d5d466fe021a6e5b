package landfall.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.folders.DataFolder;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ledgers that must not be worked with, and the copy that is kept of one before it changes. */
class LedgerFaultTest {
  private static final int PAGE = 4096;

  private final DataFolder folder;
  private final Path file;

  LedgerFaultTest(@TempDir Path root) throws IOException {
    this.folder = new DataFolder(root, root.resolve("state"));
    folder.create();
    this.file = Ledger.file(folder.state());
  }

  @Test
  void refusesBytesFlippedInTheMiddle() throws IOException {
    fill(200);
    overwrite(Files.size(file) / 2 / PAGE * PAGE, new byte[64]);

    LedgerFault fault = refused();

    assertThat(fault).hasMessageContaining(file + " is damaged: ");
    assertThat(fault.next()).contains("landfall rebuild");
    assertThat(fault.atWork()).isFalse();
  }

  @Test
  void refusesAKeyThatDiffersFromItsIndex() throws IOException {
    fill(1);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    long first = text.indexOf("RUNNABLE");
    assertThat(first).isPositive();
    overwrite(first, "RUNNABLF".getBytes(StandardCharsets.US_ASCII));

    assertThat(refused()).hasMessageContaining("index");
  }

  @Test
  void refusesAFileWhoseTailWasCutOff() throws IOException {
    fill(200);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() / 2 / PAGE * PAGE);
    }

    assertThat(refused()).hasMessageContaining("is damaged: ");
  }

  @Test
  void recoversFromATornTailOfItsLog() throws IOException {
    fill(3);
    Path log = file.resolveSibling("ledger.db-wal");
    Path after = Files.createDirectories(folder.root().resolve("copy"));
    Path copy = after.resolve("ledger.db");
    try (Ledger ledger = Ledger.open(folder, Clock.systemUTC())) {
      ledger.archives().add(archive("last"));
      Files.copy(file, copy);
      Files.copy(log, copy.resolveSibling("ledger.db-wal"));
    }
    try (RandomAccessFile bytes =
        new RandomAccessFile(copy.resolveSibling("ledger.db-wal").toFile(), "rw")) {
      bytes.setLength(bytes.length() - PAGE / 2);
    }

    try (Ledger ledger = Ledger.open(new DataFolder(after, after), Clock.systemUTC())) {
      assertThat(ledger.archives().all()).extracting(ArchiveRow::id).contains("a0", "a1", "a2");
    }
  }

  @Test
  void refusesWhatIsNoDatabase() throws IOException {
    Files.writeString(file, "this is no database at all, but long enough to be taken for one");

    assertThat(refused()).hasMessageContaining("not a database");
    assertThatThrownBy(() -> Ledger.join(folder.state(), Clock.systemUTC()).close())
        .isInstanceOf(LedgerFault.class);
  }

  @Test
  void isNotBegunAnewBesideArchivesOfALostOne() throws IOException {
    Files.createDirectories(folder.done("20261122T1720-x-9f3a"));

    assertThat(refused())
        .hasMessageContaining("holds no ledger")
        .hasMessageContaining("20261122T1720-x-9f3a");
    assertThatThrownBy(() -> Ledger.exists(folder)).isInstanceOf(LedgerFault.class);
    assertThat(file).doesNotExist();

    Files.write(file, new byte[0]);

    assertThat(refused()).hasMessageContaining("holds no ledger");
  }

  /** A power cut during the first start leaves a database without any table. */
  @Test
  void saysThatALedgerWasBegunAndNotFinished() throws SQLException {
    sql("CREATE TABLE half_written (x)");
    sql("DROP TABLE half_written");

    assertThatThrownBy(() -> Ledger.join(folder.state(), Clock.systemUTC()).close())
        .hasMessageContaining("begun and not finished")
        .hasMessageNotContaining("damaged");

    try (Ledger ledger = Ledger.open(folder, Clock.systemUTC())) {
      assertThat(ledger.archives().all()).isEmpty();
    }
  }

  @Test
  void refusesTheLedgerOfANewerLandfall() throws SQLException {
    fill(1);
    sql(
        "INSERT INTO flyway_schema_history SELECT 99, '99', description, type, 'V99__later.sql',"
            + " checksum, installed_by, installed_on, execution_time, success FROM"
            + " flyway_schema_history LIMIT 1");

    assertThat(refused()).hasMessageContaining("newer Landfall").hasMessageContaining("V99");
    assertThatThrownBy(() -> Ledger.join(folder.state(), Clock.systemUTC()).close())
        .hasMessageContaining("newer Landfall");
  }

  @Test
  void keepsACopyBeforeItChangesALedgersShape() throws Exception {
    firstVersion();
    Files.writeString(folder.state().resolve(".ledger-before-V2.db.part"), "of a crash");
    assertThatThrownBy(() -> Ledger.join(folder.state(), Clock.systemUTC()).close())
        .hasMessageContaining("older Landfall");

    try (Ledger ledger = Ledger.open(folder, Clock.systemUTC())) {
      assertThat(ledger.archives().all()).extracting(ArchiveRow::id).containsExactly("old");
    }

    Path copy = folder.state().resolve("ledger-before-V2.db");
    assertThat(folder.state().resolve(".ledger-before-V2.db.part")).doesNotExist();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeQuery("SELECT id FROM archive").getString(1)).isEqualTo("old");
      assertThat(statement.executeQuery("SELECT COUNT(*) FROM flyway_schema_history").getInt(1))
          .isEqualTo(1);
    }
  }

  @Test
  void keepsTheNewestCopiesOnly() throws Exception {
    firstVersion();
    for (String old : List.of("0.5", "0.7", "1", "1.10")) {
      Files.writeString(folder.state().resolve("ledger-before-V" + old + ".db"), "old");
    }

    Ledger.open(folder, Clock.systemUTC()).close();

    assertThat(folder.state().toFile().list((in, name) -> name.startsWith("ledger-before")))
        .containsExactlyInAnyOrder(
            "ledger-before-V2.db", "ledger-before-V1.10.db", "ledger-before-V1.db");
  }

  @Test
  void writesNothingMoreOnceDamageIsMet() throws Exception {
    fill(200);
    List<LedgerFault> told = new ArrayList<>();
    try (Ledger ledger = Ledger.open(folder, Clock.systemUTC())) {
      ledger.onDamage(told::add);
      sql("INSERT INTO request VALUES ('r', 'RETRY', 'a0', '', '', 0, '', 0)"); // empties caches
      byte[] garbage = new byte[(int) (Files.size(file) - PAGE)];
      overwrite(PAGE, garbage);

      LedgerFault first =
          catchThrowableOfType(LedgerFault.class, () -> ledger.archives().all().size());
      assertThatThrownBy(() -> ledger.events().add("a0", "test", "WRITE", "")).isSameAs(first);

      assertThat(first.atWork()).isTrue();
      assertThat(told).containsExactly(first);
    }
    assertThat(Files.readAllBytes(file)).endsWith(new byte[PAGE]);
  }

  private LedgerFault refused() {
    return catchThrowableOfType(
        LedgerFault.class, () -> Ledger.open(folder, Clock.systemUTC()).close());
  }

  private void fill(int archives) {
    try (Ledger ledger = Ledger.open(folder, Clock.systemUTC())) {
      for (int number = 0; number < archives; number++) {
        ledger.archives().add(archive("a" + number));
        ledger.deliveries().add("a" + number, "site", "host", Optional.empty());
        ledger.deliveries().resume("a" + number, List.of("site"), "test");
      }
    }
  }

  private static ArchiveRow archive(String id) {
    Path path = Path.of("/drop", id);
    return new ArchiveRow(
        id,
        0,
        id,
        path,
        List.of(new ArchiveFile(path, 10, 20, 0, "x".repeat(100))),
        false,
        false,
        "{}",
        Optional.empty(),
        Optional.empty(),
        false,
        Clock.systemUTC().instant(),
        Optional.empty());
  }

  private void firstVersion() throws SQLException {
    Flyway.configure().dataSource("jdbc:sqlite:" + file, "", "").target("1").load().migrate();
    sql(
        "INSERT INTO archive VALUES ('old', 1, 'old', '/drop/old', '[]', 0, 0, '{}', 0, '', '', 0,"
            + " 1, 0)");
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private void overwrite(long offset, byte[] bytes) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(offset);
      open.write(bytes);
    }
  }
}
