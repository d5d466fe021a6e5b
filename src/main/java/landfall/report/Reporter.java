package landfall.report;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.folders.DataFolder;
import landfall.folders.DiskFault;
import landfall.folders.DurableFile;
import landfall.image.Digest;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.ImageRow;
import landfall.ledger.Ledger;
import landfall.ledger.State;
import landfall.ledger.Work;
import landfall.publish.Published;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what became of an archive and, at its end, puts it where it belongs. */
public final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  private final Ledger ledger;
  private final DataFolder folder;
  private final Receipts receipts;
  private final Conclusion conclusion;
  private final StatusFiles statusFiles;
  private final Map<String, DiskFault> stuck = new ConcurrentHashMap<>();

  public Reporter(
      Ledger ledger, DataFolder folder, Conclusion conclusion, Clock clock, Pauses pauses) {
    this.ledger = ledger;
    this.folder = folder;
    this.receipts = new Receipts(ledger, folder, clock);
    this.conclusion = conclusion;
    this.statusFiles = new StatusFiles(ledger, folder, clock, pauses);
  }

  /** Settles a delivery that came through. */
  public Work settle(Published published) {
    String target = published.target();
    List<ImageRow> images = ledger.images().of(published.archive(), target);
    boolean failed = images.stream().anyMatch(row -> row.fate().failed());
    boolean nothingSent = images.stream().allMatch(row -> row.moved().sent() == 0);
    State state =
        failed
            ? State.DELIVERED_WITH_FAILURES
            : nothingSent && deliveredBefore(published.archive(), target)
                ? State.DUPLICATE
                : State.DELIVERED;
    ledger.together(
        () -> {
          ledger.deliveries().move(published.archive(), List.of(target), state, Optional.empty());
          resumeHeld(target);
        });
    return published;
  }

  /** What has come now may be what was missing. */
  private void resumeHeld(String target) {
    ledger.deliveries().in(State.HELD).stream()
        .filter(held -> held.target().equals(target))
        .filter(held -> held.reason().filter(why -> why.code() == Code.BLOB_MISSING).isPresent())
        .forEach(held -> ledger.deliveries().resume(held.archive(), List.of(target), "landfall"));
  }

  private boolean deliveredBefore(String archive, String target) {
    Optional<Digest> identity = ledger.archives().byId(archive).flatMap(ArchiveRow::identity);
    return identity.stream()
        .flatMap(bytes -> ledger.archives().twins(archive, bytes).stream())
        .flatMap(twin -> ledger.deliveries().find(twin.id(), target).stream())
        .anyMatch(delivery -> delivery.state().delivered());
  }

  /** The receipt of the archive as it stands. */
  public Receipt report(Work work) {
    return receipts.of(row(work.archive()));
  }

  /** Keeps a receipt where it belongs; when the archive has ended, ends its way. */
  public Receipt store(Receipt receipt, byte[] json) {
    try {
      return keep(receipt, json);
    } catch (Parked later) {
      DiskFault.behind(later.code(), later.evidence())
          .ifPresent(fault -> stuck.put(receipt.archive().id(), fault));
      throw later;
    }
  }

  private synchronized Receipt keep(Receipt receipt, byte[] json) {
    ArchiveRow archive = row(receipt.archive().id());
    if (archive.finished().isPresent()) {
      return receipt;
    }
    Path place = place(receipt);
    if (receipt.ended()) {
      conclusion.prepare(archive, receipt.result());
      DurableFile.write(place.resolve("receipt.html"), ReceiptPage.of(receipt));
    }
    write(place.resolve("receipt.json"), json, receipt.ended());
    if (receipt.ended()) {
      conclusion.conclude(archive, receipt.result());
    }
    statusFiles.write(archive.id());
    LOG.info("{}", Line.of(receipt));
    return receipt;
  }

  /** What is on its way still goes on without its interim receipt. */
  private static void write(Path file, byte[] json, boolean ended) {
    try {
      DurableFile.write(file, json);
    } catch (Parked unwritten) {
      if (ended) {
        throw unwritten;
      }
      LOG.warn("no interim receipt: {}", unwritten.sentence());
    }
  }

  private Path place(Receipt receipt) {
    String id = receipt.archive().id();
    if (!receipt.ended()) {
      return folder.work(id);
    }
    return receipt.result() == State.QUARANTINED ? folder.quarantine(id) : folder.done(id);
  }

  /**
   * Archives whose deliveries have all ended but whose way has not, because a crash came between or
   * a disk was full; those only when it has room again.
   */
  public List<Work> unfinished() {
    return ledger.archives().unfinished().stream()
        .filter(archive -> ended(archive.id()) && !isStuck(archive.id()))
        .<Work>map(Named::new)
        .toList();
  }

  /** Brings status files up to date and deletes delivered archives whose time has come. */
  public void keepHouse() {
    statusFiles.refresh();
    conclusion.keepHouse();
    ledger.uptime().tick();
  }

  private boolean isStuck(String archive) {
    DiskFault fault = stuck.get(archive);
    if (fault != null && fault.lasts()) {
      return true;
    }
    stuck.remove(archive);
    return false;
  }

  private boolean ended(String archive) {
    List<DeliveryRow> deliveries = ledger.deliveries().of(archive);
    return !deliveries.isEmpty()
        && deliveries.stream().allMatch(delivery -> delivery.state().ended());
  }

  private ArchiveRow row(String archive) {
    return ledger
        .archives()
        .byId(archive)
        .orElseThrow(() -> new IllegalStateException("the ledger does not know " + archive));
  }

  /** An archive by its id alone. */
  private record Named(ArchiveRow row) implements Work {
    @Override
    public String archive() {
      return row.id();
    }

    @Override
    public List<String> targets() {
      return List.of();
    }
  }
}
