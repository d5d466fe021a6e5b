package landfall.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import landfall.failure.Parked;
import landfall.folders.DiskFault;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/**
 * The durable record and the queue, in one SQLite file on a local disk.
 *
 * <p>A commit is on disk when it returns ({@code synchronous=FULL}). Several processes may read;
 * the one that holds the data folder writes, others only add requests.
 */
public final class Ledger implements AutoCloseable {
  private final HikariDataSource pool;
  private final Archives archives;
  private final Deliveries deliveries;
  private final Images images;
  private final Requests requests;
  private final Events events;
  private final Unwritten unwritten;
  private final Path file;
  private final Jdbi jdbi;

  private Ledger(Path file, Clock clock) {
    HikariDataSource pool = pool(file);
    this.jdbi = Jdbi.create(pool);
    this.pool = pool;
    this.file = file;
    this.events = new Events(jdbi, clock);
    this.archives = new Archives(jdbi, clock);
    this.deliveries = new Deliveries(jdbi, clock, events);
    this.unwritten = new Unwritten(deliveries);
    this.images = new Images(jdbi);
    this.requests = new Requests(jdbi, clock);
  }

  /**
   * Opens the ledger below {@code state}, creating or migrating it as needed.
   *
   * @throws UncheckedIOException when the folder cannot be made
   */
  public static Ledger open(Path state, Clock clock) {
    Ledger ledger = new Ledger(file(state), clock);
    Flyway.configure().dataSource(ledger.pool).load().migrate();
    return ledger;
  }

  /** Opens a ledger that exists, without migrating it; for who only reads and asks. */
  public static Ledger join(Path state, Clock clock) {
    return new Ledger(file(state), clock);
  }

  /** Whether a ledger lies below {@code state}. */
  public static boolean exists(Path state) {
    return Files.isRegularFile(state.resolve("ledger.db"));
  }

  private static Path file(Path state) {
    try {
      Files.createDirectories(state);
      return state.resolve("ledger.db").toAbsolutePath();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static HikariDataSource pool(Path file) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setJdbcUrl(
        "jdbc:sqlite:"
            + file
            + "?journal_mode=WAL&busy_timeout=10000&synchronous=FULL&foreign_keys=true"
            + "&transaction_mode=IMMEDIATE");
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }

  /**
   * Adds an archive with a delivery to each target, all or nothing: an archive without deliveries
   * would never go on.
   *
   * @param targets addresses by name
   * @param why what the deliveries wait for, if that is known
   */
  public void add(ArchiveRow row, Map<String, String> targets, Optional<Reason> why) {
    jdbi.useTransaction(
        handle -> {
          archives.add(row);
          targets.forEach((target, address) -> deliveries.add(row.id(), target, address, why));
        });
  }

  public Archives archives() {
    return archives;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  public Images images() {
    return images;
  }

  /** Moves of deliveries that must not be lost on a full disk. */
  public Unwritten unwritten() {
    return unwritten;
  }

  /** What it means that the ledger did not do what it was asked. */
  public Parked fault(Exception why) {
    return DiskFault.of(file, new IOException(why.getMessage(), why));
  }

  public Requests requests() {
    return requests;
  }

  public Events events() {
    return events;
  }

  @Override
  public void close() {
    pool.close();
  }
}
