package landfall.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.arrive.Checksums;
import landfall.arrive.Sidecars;
import landfall.folders.DataFolder;
import landfall.folders.DurableFile;
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
  private final KeptFiles kept;
  private final boolean notices;

  /**
   * @param retention how long an archive is kept once every image of it is delivered; empty = for
   *     ever
   * @param notices whether somebody is to be told of each end
   */
  public Conclusion(
      Ledger ledger,
      DataFolder folder,
      Quarantine quarantine,
      Optional<Duration> retention,
      boolean notices) {
    this.ledger = ledger;
    this.folder = folder;
    this.quarantine = quarantine;
    this.kept = new KeptFiles(ledger, folder, retention);
    this.notices = notices;
  }

  /** What must lie beside the receipt before it is written. */
  void prepare(ArchiveRow archive, State state) {
    if (state == State.QUARANTINED) {
      quarantine.document(archive);
    }
  }

  /**
   * Puts the archive where its state wants it and ends its way in the ledger, which comes last:
   * what a crash leaves undone before it is done again, what would come after it never.
   */
  void conclude(ArchiveRow archive, State state) {
    boolean quarantined = state == State.QUARANTINED;
    Optional<ArchiveRow> twin =
        state == State.DISCARDED && archive.source().startsWith(folder.drop())
            ? quarantine.twin(archive)
            : Optional.empty();
    if (twin.isPresent() && !archive.inPlace()) {
      Relocation.dropTwin(archive.source(), twin.get().source());
    } else if (!archive.inPlace()) {
      move(archive, quarantined);
    }
    if (!quarantined) {
      kept.remember(archive);
    }
    remove(folder.work(archive.id()));
    if (!quarantined) {
      remove(folder.quarantine(archive.id()));
    }
    ledger.together(() -> end(archive.id()));
  }

  private void end(String id) {
    ledger.archives().finish(id);
    if (notices) {
      ledger.events().add(id, "landfall", Notices.DUE, "");
    }
  }

  /** What is done with archives that have ended, again and again. */
  void keepHouse() {
    kept.deleteExpired();
    kept.clearWork();
  }

  private void move(ArchiveRow archive, boolean quarantined) {
    Path destination = quarantined ? folder.quarantine(archive.id()) : folder.done(archive.id());
    if (archive.source().startsWith(destination)) {
      if (!Checksums.fromJson(archive.promises()).liesBelow(destination)) {
        follow(archive, archive.source(), copySidecars(archive, destination)); // a crash left them
      }
      return;
    }
    boolean cutOff = Files.exists(destination.resolve(archive.name()));
    if (!cutOff && archive.files().stream().anyMatch(ArchiveFile::replaced)) {
      LOG.warn("{}: what lies at {} now is another file", archive.id(), archive.source());
      ledger.events().add(archive.id(), "landfall", "GONE", archive.source().toString());
      return;
    }
    Map<Path, Path> copies = copySidecars(archive, destination);
    Relocation.Result result = Relocation.into(destination, archive.source());
    if (quarantined && result.full().isPresent()) {
      throw result.full().get();
    }
    if (result.moved().isEmpty()) {
      copies.values().forEach(Conclusion::remove);
      LOG.warn("{} stays at {}: {}", archive.id(), archive.source(), result.stayed());
      ledger
          .events()
          .add(archive.id(), "landfall", "STAYED", archive.source() + ": " + result.stayed());
      return;
    }
    follow(archive, result.moved().get(), copies);
  }

  /** The checksum files go where the archive went, and the ledger learns where both are. */
  private void follow(ArchiveRow archive, Path source, Map<Path, Path> copies) {
    copies.forEach((sidecar, copy) -> dropSidecar(sidecar, copy, archive));
    Checksums checksums = Checksums.fromJson(archive.promises()).moved(archive.source(), source);
    for (Map.Entry<Path, Path> copy : copies.entrySet()) {
      checksums = checksums.moved(copy.getKey(), copy.getValue());
    }
    ledger.archives().locate(archive.id(), source, relocated(archive, source), checksums.toJson());
  }

  /** Copies of the checksum files that lie beside the archive, by where they came from. */
  private static Map<Path, Path> copySidecars(ArchiveRow archive, Path destination) {
    Map<Path, Path> copies = new LinkedHashMap<>();
    for (String path : Checksums.fromJson(archive.promises()).sidecars()) {
      Path sidecar = Path.of(path);
      Path copy = destination.resolve(String.valueOf(sidecar.getFileName()));
      if (sidecar.startsWith(archive.source()) || sidecar.startsWith(destination)) {
        continue;
      }
      try {
        if (Files.exists(sidecar)) {
          DurableFile.write(copy, Files.readAllBytes(sidecar));
        }
        if (Files.exists(copy)) {
          copies.put(sidecar, copy);
        }
      } catch (IOException failed) {
        LOG.warn("{}: checksum file {} stays: {}", archive.id(), sidecar, failed.getMessage());
      }
    }
    return copies;
  }

  /** A checksum file that speaks of other archives too stays where it is. */
  private static void dropSidecar(Path sidecar, Path copy, ArchiveRow archive) {
    try {
      if (Sidecars.speaksOnlyOf(copy, archive.source(), archive.files())) {
        Files.deleteIfExists(sidecar);
      }
    } catch (IOException failed) {
      LOG.warn("{}: checksum file {} stays: {}", archive.id(), sidecar, failed.getMessage());
    }
  }

  private static List<ArchiveFile> relocated(ArchiveRow archive, Path source) {
    return archive.files().stream()
        .map(file -> ArchiveFile.find(archive.pathAt(source, file)).orElse(file))
        .toList();
  }

  static void remove(Path path) {
    try {
      Relocation.deleteTree(path);
    } catch (IOException failed) {
      LOG.warn("{} cannot be removed: {}", path, failed.getMessage());
    }
  }
}
