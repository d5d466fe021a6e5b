package landfall.push;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import landfall.archive.ArchiveFile;
import landfall.archive.Limits;
import landfall.archive.Piece;
import landfall.archive.Scan;
import landfall.archive.ScanFile;
import landfall.archive.ScanRequest;
import landfall.archive.Scanner;
import landfall.archive.Shelf;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.folders.DataFolder;
import landfall.folders.DiskFault;
import landfall.image.Digest;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.State;
import landfall.open.Opened;
import landfall.verify.Verifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archives that are still here, byte for byte as they were verified: what a differential one
 * lacks may lie in them (AF§1.6).
 *
 * <p>What each holds is remembered beside its receipt. A compressed one is unpacked again, into its
 * work folder, only when it holds something that is wanted; one of which nothing is remembered is
 * read once more. Neither touches the reserve of the disk.
 */
public final class KeptArchives {
  private static final Logger LOG = LoggerFactory.getLogger(KeptArchives.class);

  private final Ledger ledger;
  private final DataFolder folder;
  private final Limits limits;

  public KeptArchives(Ledger ledger, DataFolder folder, Limits limits) {
    this.ledger = ledger;
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Finds what an archive lacks and earlier ones carried; of two archives that hold the same the
   * one that came last counts. Nothing is looked at before something is asked for, which may end in
   * {@link Parked} LOCAL_DISK_FULL when there is no room to unpack one that holds something.
   */
  public Function<Digest, Optional<Piece>> lookup(Opened opened) {
    return new Lookup(opened);
  }

  /** Looks at the archives once. */
  private final class Lookup implements Function<Digest, Optional<Piece>> {
    private final Opened opened;
    private Optional<Shelf> shelf = Optional.empty();

    Lookup(Opened opened) {
      this.opened = opened;
    }

    @Override
    public synchronized Optional<Piece> apply(Digest digest) {
      if (shelf.isEmpty()) {
        shelf = Optional.of(shelf(opened));
      }
      return shelf.get().piece(digest);
    }
  }

  private synchronized Shelf shelf(Opened opened) {
    Set<Digest> wanted = new HashSet<>(opened.history());
    wanted.removeIf(digest -> opened.contents().blob(digest).isPresent());
    Shelf shelf = new Shelf();
    ledger.archives().all().stream()
        .filter(row -> !row.id().equals(opened.archive()) && isKept(row))
        .sorted(Comparator.comparingLong(ArchiveRow::sequence).reversed())
        .forEach(row -> put(row, wanted, shelf));
    return shelf;
  }

  /** Verified and not refused. */
  private boolean isKept(ArchiveRow row) {
    List<DeliveryRow> deliveries = ledger.deliveries().of(row.id());
    State worst = State.worst(deliveries.stream().map(DeliveryRow::state).toList());
    return row.identity().isPresent() && worst != State.QUARANTINED && worst != State.DISCARDED;
  }

  private void put(ArchiveRow row, Set<Digest> wanted, Shelf shelf) {
    List<ArchiveFile> files = asTheyAre(row);
    if (wanted.isEmpty() || files.isEmpty()) {
      return;
    }
    Optional<Scan> scan = known(row, files);
    if (scan.isEmpty() && row.finished().isPresent() && mayHold(row, files, wanted)) {
      scan = readAgain(row, files);
    }
    scan.ifPresent(
        found -> {
          shelf.add(found, wanted);
          wanted.removeIf(digest -> shelf.piece(digest).isPresent());
        });
  }

  /**
   * The files where they lie, if going by path, size and time they are those that were verified. A
   * medium that was out gives its files other inodes; then only reading tells.
   */
  private static List<ArchiveFile> asTheyAre(ArchiveRow row) {
    List<ArchiveFile> files = new ArrayList<>();
    for (ArchiveFile file : row.files()) {
      try {
        files.add(ArchiveFile.of(file.path()));
      } catch (IOException gone) {
        return List.of();
      }
    }
    return ArchiveFile.resemble(files, row.files()) ? files : List.of();
  }

  /** What can be read as it lies there. */
  private Optional<Scan> known(ArchiveRow row, List<ArchiveFile> files) {
    return ScanFile.load(request(files, folder.work(row.id())), limits)
        .or(() -> ScanFile.load(request(files, folder.done(row.id())), limits));
  }

  private boolean mayHold(ArchiveRow row, List<ArchiveFile> files, Collection<Digest> wanted) {
    return ScanFile.recall(request(files, folder.done(row.id())), limits)
        .map(scan -> wanted.stream().anyMatch(one -> scan.contents().blob(one).isPresent()))
        .orElse(true);
  }

  private Optional<Scan> readAgain(ArchiveRow row, List<ArchiveFile> files) {
    LOG.info("{} is read again for what a later archive lacks: {}", row.id(), row.source());
    ScanRequest request = request(files, folder.work(row.id()));
    try {
      makeFolder(request.workFolder());
      Scan scan = new Scanner(limits).scan(request, bytes -> {});
      boolean same = row.identity().filter(Verifier.identity(scan.digests())::equals).isPresent();
      if (!same || scan.refusal().isPresent()) {
        LOG.warn("{} at {} holds other bytes than were verified", row.id(), row.source());
        return Optional.empty();
      }
      ScanFile.write(scan, request);
      ScanFile.handOn(request.workFolder(), request(files, folder.done(row.id())), limits);
      ledger.archives().locate(row.id(), row.source(), files, row.promises());
      return Optional.of(scan);
    } catch (Rejected changed) {
      LOG.warn("{} cannot be used: {}", row.id(), changed.sentence());
      return Optional.empty();
    } catch (Parked trouble) {
      if (trouble.code() != Code.MEDIA_UNREADABLE) {
        throw trouble;
      }
      LOG.warn("{} cannot be used: {}", row.id(), trouble.sentence());
      return Optional.empty();
    }
  }

  private static void makeFolder(Path work) {
    if (!work.toFile().isDirectory() && !work.toFile().mkdirs()) {
      throw DiskFault.of(work, new IOException("the folder cannot be made"));
    }
  }

  private static ScanRequest request(List<ArchiveFile> files, Path place) {
    return new ScanRequest(files, place, false, false);
  }
}
