package landfall.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.arrive.Checksums;
import landfall.arrive.Sidecars;
import landfall.folders.DataFolder;
import landfall.folders.Relocation;
import landfall.ledger.ArchiveRow;
import landfall.ledger.Ledger;
import landfall.ledger.State;
import landfall.quarantine.Quarantine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The housekeeping at an archive's end: it moves to {@code done/} or {@code quarantine/} where that
 * is possible, else it stays and the ledger knows it.
 */
public final class Conclusion {
  private static final Logger LOG = LoggerFactory.getLogger(Conclusion.class);

  private final Ledger ledger;
  private final DataFolder folder;
  private final Quarantine quarantine;
  private final Optional<Duration> retention;

  /**
   * @param retention how long an archive is kept once every image of it is delivered; empty = for
   *     ever
   */
  public Conclusion(
      Ledger ledger, DataFolder folder, Quarantine quarantine, Optional<Duration> retention) {
    this.ledger = ledger;
    this.folder = folder;
    this.quarantine = quarantine;
    this.retention = retention;
  }

  /** What must lie beside the receipt before it is written. */
  void prepare(ArchiveRow archive, State state) {
    if (state == State.QUARANTINED) {
      quarantine.document(archive);
    }
  }

  /** Puts the archive where its state wants it and ends its way in the ledger. */
  void conclude(ArchiveRow archive, State state) {
    boolean quarantined = state == State.QUARANTINED;
    if (!archive.inPlace()) {
      move(archive, quarantined);
    }
    ledger.archives().finish(archive.id());
    remove(folder.work(archive.id()));
    if (!quarantined) {
      remove(folder.quarantine(archive.id()));
    }
  }

  private void move(ArchiveRow archive, boolean quarantined) {
    Path destination = quarantined ? folder.quarantine(archive.id()) : folder.done(archive.id());
    if (archive.source().startsWith(destination)) {
      return;
    }
    if (isThere(archive, destination.resolve(archive.name()))) {
      locate(archive, destination.resolve(archive.name()), destination);
      return;
    }
    if (archive.files().stream().anyMatch(ArchiveFile::replaced)) {
      LOG.warn("{}: what lies at {} now is another file", archive.id(), archive.source());
      ledger.events().add(archive.id(), "landfall", "GONE", archive.source().toString());
      return;
    }
    Relocation.Result result = Relocation.into(destination, archive.source());
    if (quarantined && result.full().isPresent()) {
      throw result.full().get();
    }
    if (result.moved().isEmpty()) {
      LOG.warn("{} stays at {}: {}", archive.id(), archive.source(), result.stayed());
      ledger
          .events()
          .add(archive.id(), "landfall", "STAYED", archive.source() + ": " + result.stayed());
      return;
    }
    locate(archive, result.moved().get(), destination);
  }

  /** Whether an earlier try moved it and could not write that down. */
  private static boolean isThere(ArchiveRow archive, Path moved) {
    List<ArchiveFile> now = relocated(archive, moved);
    return !Files.exists(archive.source())
        && Files.exists(moved)
        && now.stream().mapToLong(ArchiveFile::size).sum() == archive.bytes();
  }

  private void locate(ArchiveRow archive, Path source, Path destination) {
    Checksums checksums = Checksums.fromJson(archive.promises());
    List<String> sidecars = new ArrayList<>();
    for (String sidecar : checksums.sidecars()) {
      sidecars.add(moveSidecar(Path.of(sidecar), archive, destination).toString());
    }
    ledger
        .archives()
        .locate(
            archive.id(),
            source,
            relocated(archive, source),
            new Checksums(checksums.promises(), sidecars, checksums.problem()).toJson());
  }

  /** A checksum file that speaks of other archives too is only copied. */
  private static Path moveSidecar(Path sidecar, ArchiveRow archive, Path destination) {
    Path copy = destination.resolve(String.valueOf(sidecar.getFileName()));
    if (sidecar.startsWith(archive.source())) {
      return destination
          .resolve(archive.name())
          .resolve(archive.source().relativize(sidecar).toString());
    }
    try {
      Files.copy(sidecar, copy, StandardCopyOption.REPLACE_EXISTING);
      if (Sidecars.speaksOnlyOf(copy, archive.source(), archive.files())) {
        Files.delete(sidecar);
      }
      return copy;
    } catch (IOException failed) {
      LOG.warn("{}: checksum file {} stays: {}", archive.id(), sidecar, failed.getMessage());
      return sidecar;
    }
  }

  private static List<ArchiveFile> relocated(ArchiveRow archive, Path source) {
    List<ArchiveFile> files = new ArrayList<>();
    for (ArchiveFile file : archive.files()) {
      Path now = archive.chunked() ? source.resolve(file.path().getFileName()) : source;
      files.add(look(now).orElse(file));
    }
    return files;
  }

  private static Optional<ArchiveFile> look(Path path) {
    try {
      return Optional.of(ArchiveFile.of(path));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Deletes archives in {@code done/} that were delivered longer ago than they are kept. */
  void deleteExpired(Instant now) {
    if (retention.isEmpty()) {
      return;
    }
    ledger.archives().finishedBefore(now.minus(retention.get())).stream()
        .filter(archive -> archive.source().startsWith(folder.done(archive.id())))
        .filter(archive -> Files.exists(archive.source()))
        .filter(this::delivered)
        .forEach(this::delete);
  }

  private boolean delivered(ArchiveRow archive) {
    return ledger.deliveries().of(archive.id()).stream()
        .allMatch(delivery -> delivery.state().delivered());
  }

  private void delete(ArchiveRow archive) {
    LOG.info("{} is deleted as 'drop.retention' says: {}", archive.id(), archive.source());
    ledger.events().add(archive.id(), "landfall", "DELETED", archive.source().toString());
    remove(archive.source());
  }

  private static void remove(Path path) {
    try {
      Relocation.deleteTree(path);
    } catch (IOException failed) {
      LOG.warn("{} cannot be removed: {}", path, failed.getMessage());
    }
  }
}
