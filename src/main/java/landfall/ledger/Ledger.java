package landfall.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import landfall.failure.Parked;
import landfall.folders.DataFolder;
import landfall.folders.DiskFault;
import landfall.ledger.opening.Opening;
import org.jdbi.v3.core.Jdbi;

/**
 * The durable record and the queue, in one SQLite file on a local disk.
 *
 * <p>A commit is on disk when it returns ({@code synchronous=FULL}). Several processes may read;
 * the one that holds the data folder writes, others only add requests.
 */
public final class Ledger implements AutoCloseable {
  private final HikariDataSource pool;
  private final Access access;
  private final Archives archives;
  private final Deliveries deliveries;
  private final Images images;
  private final Tags tags;
  private final Requests requests;
  private final Releases releases;
  private final Events events;
  private final Notes notes;
  private final Uptime uptime;
  private final Unwritten unwritten;
  private final Path file;

  private Ledger(HikariDataSource pool, Access access, Path file, Clock clock) {
    this.pool = pool;
    this.access = access;
    this.file = file;
    Writes writes = new Writes(access);
    this.uptime = new Uptime(access, writes, System::nanoTime);
    this.events = new Events(access, writes, clock);
    this.notes = new Notes(access, writes);
    this.archives = new Archives(access, writes, clock, uptime);
    this.deliveries = new Deliveries(access, writes, clock, events);
    this.unwritten = new Unwritten(deliveries);
    this.images = new Images(access, writes);
    this.tags = new Tags(access);
    this.requests = new Requests(access, writes, clock);
    this.releases = new Releases(access, writes, clock);
  }

  /**
   * Opens the ledger of a data folder for the process that has its lock, creating or migrating it
   * as needed; a copy of an older one is kept first.
   *
   * @throws LedgerFault when it is damaged, of a newer Landfall, or gone although there are
   *     archives
   * @throws landfall.failure.Parked when the disk does not take the copy
   */
  public static Ledger open(DataFolder folder, Clock clock) {
    return open(folder.state(), folder.remains(), clock);
  }

  /** As {@link #open(DataFolder, Clock)}, for a ledger that may be new. */
  public static Ledger open(Path state, Clock clock) {
    return open(state, Optional.empty(), clock);
  }

  private static Ledger open(Path state, Optional<String> remains, Clock clock) {
    Path file = made(state);
    HikariDataSource pool = Opening.forWork(file, remains);
    return new Ledger(pool, new Access(Jdbi.create(pool), file, true), file, clock);
  }

  /**
   * Opens a ledger that exists, without migrating it; for who only reads and asks.
   *
   * @throws LedgerFault when it is damaged or of another version
   */
  public static Ledger join(Path state, Clock clock) {
    Path file = file(state);
    HikariDataSource pool = Opening.toRead(file);
    return new Ledger(pool, new Access(Jdbi.create(pool), file, false), file, clock);
  }

  /**
   * Whether a data folder has a ledger.
   *
   * @throws LedgerFault when it has none although there are archives
   */
  public static boolean exists(DataFolder folder) {
    Path file = file(folder.state());
    boolean there = file.toFile().length() > 0;
    if (!there && folder.remains().isPresent()) {
      throw LedgerFault.lost(file, folder.remains().get());
    }
    return there;
  }

  /** Where the ledger below {@code state} lies. */
  public static Path file(Path state) {
    return state.resolve("ledger.db").toAbsolutePath();
  }

  private static Path made(Path state) {
    try {
      Files.createDirectories(state);
      return file(state);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Takes up, whole or not at all, an archive as it stood in a ledger that is lost.
   *
   * @param history what is known of its past, one event a line
   */
  public void restore(
      ArchiveRow archive, List<DeliveryRow> reached, List<ImageRow> brought, List<String> history) {
    access.useTransaction(
        handle -> {
          archives.restore(handle, archive);
          reached.forEach(row -> deliveries.restore(handle, row));
          brought.forEach(row -> images.record(handle, row));
          history.forEach(
              line ->
                  events.add(
                      handle, new Events.Entry(archive.id(), "", "landfall", "REBUILT", line)));
        });
  }

  /** Tells, once, when damage is met in the middle of work; nothing is written from then on. */
  public void onDamage(Consumer<LedgerFault> told) {
    access.onDamage(told);
  }

  /**
   * Adds an archive with a delivery to each target, all or nothing: an archive without deliveries
   * would never go on.
   *
   * @param targets addresses by name
   * @param why what the deliveries wait for, if that is known
   */
  public void add(ArchiveRow row, Map<String, String> targets, Optional<Reason> why) {
    together(
        () -> {
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

  public Tags tags() {
    return tags;
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

  public Releases releases() {
    return releases;
  }

  public Uptime uptime() {
    return uptime;
  }

  /** Makes several changes in one: all of them are written, or none. */
  public void together(Runnable changes) {
    access.together(changes);
  }

  public Notes notes() {
    return notes;
  }

  public Events events() {
    return events;
  }

  @Override
  public void close() {
    pool.close();
  }
}
