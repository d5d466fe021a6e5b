package landfall.report;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.archive.Limits;
import landfall.archive.ScanFile;
import landfall.archive.ScanRequest;
import landfall.failure.Parked;
import landfall.folders.DataFolder;
import landfall.ledger.ArchiveRow;
import landfall.ledger.Ledger;
import landfall.ledger.Notes;
import landfall.ledger.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stays of archives that have ended: themselves for a time, and what they hold. */
final class KeptFiles {
  private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);

  private final Ledger ledger;
  private final DataFolder folder;
  private final Optional<Duration> retention;

  /**
   * @param retention how long a delivered archive is kept; empty = for ever
   */
  KeptFiles(Ledger ledger, DataFolder folder, Optional<Duration> retention) {
    this.ledger = ledger;
    this.folder = folder;
    this.retention = retention;
  }

  /** A later archive may lack what this one holds; without the memory it would be read again. */
  void remember(ArchiveRow archive) {
    ArchiveRow now = ledger.archives().byId(archive.id()).orElse(archive);
    try {
      ScanFile.handOn(
          folder.work(archive.id()),
          new ScanRequest(now.files(), folder.done(archive.id()), false, false),
          Limits.standard());
    } catch (Parked unwritten) {
      LOG.warn("{}: what it holds is not remembered: {}", archive.id(), unwritten.sentence());
    }
  }

  /** Removes what was unpacked again of archives that have ended, once nobody reads it. */
  void clearWork() {
    boolean busy =
        Stream.of(State.RUNNABLE, State.RUNNING, State.PARKED)
            .anyMatch(state -> !ledger.deliveries().in(state).isEmpty());
    if (busy) {
      return;
    }
    folder.ids("work").stream()
        .flatMap(id -> ledger.archives().byId(id).stream())
        .filter(archive -> archive.finished().isPresent())
        .forEach(archive -> Conclusion.remove(folder.work(archive.id())));
  }

  /** Deletes archives in {@code done/} that were delivered longer ago than they are kept. */
  void deleteExpired() {
    if (retention.isEmpty()) {
      return;
    }
    long held = lastHeld();
    ledger.archives().finishedFor(retention.get()).stream()
        .filter(archive -> archive.sequence() > held)
        .filter(archive -> held == 0 || !isSupply(archive))
        .filter(archive -> archive.source().startsWith(folder.done(archive.id())))
        .filter(archive -> Files.exists(archive.source()))
        .filter(this::delivered)
        .forEach(this::delete);
  }

  private boolean isSupply(ArchiveRow archive) {
    return ledger.deliveries().of(archive.id()).stream()
        .anyMatch(
            delivery ->
                !ledger.notes().of(archive.id(), delivery.target(), Notes.Kind.SUPPLY).isEmpty());
  }

  /** What came before an archive that is held may be what that one lacks. */
  private long lastHeld() {
    return ledger.deliveries().in(State.HELD).stream()
        .flatMap(delivery -> ledger.archives().byId(delivery.archive()).stream())
        .mapToLong(ArchiveRow::sequence)
        .max()
        .orElse(0);
  }

  private boolean delivered(ArchiveRow archive) {
    return ledger.deliveries().of(archive.id()).stream()
        .allMatch(delivery -> delivery.state().delivered());
  }

  private void delete(ArchiveRow archive) {
    LOG.info("{} is deleted as 'drop.retention' says: {}", archive.id(), archive.source());
    ledger.events().add(archive.id(), "landfall", "DELETED", archive.source().toString());
    Conclusion.remove(archive.source());
    Conclusion.remove(ScanFile.in(folder.done(archive.id())));
  }
}
