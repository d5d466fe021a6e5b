package landfall.quarantine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.arrive.Checksums;
import landfall.arrive.Sidecars;
import landfall.folders.DataFolder;
import landfall.folders.DurableFile;
import landfall.folders.Relocation;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.ledger.Request;
import landfall.ledger.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what reviewers ask for: send an archive through the same gates again, or give it up.
 */
public final class Reviews {
  private static final Logger LOG = LoggerFactory.getLogger(Reviews.class);

  private final Ledger ledger;
  private final DataFolder folder;

  public Reviews(Ledger ledger, DataFolder folder) {
    this.ledger = ledger;
    this.folder = folder;
  }

  /** Carries out every request not taken up yet. */
  public void carryOut() {
    for (Request request : ledger.requests().open()) {
      String answer = carryOut(request);
      LOG.info("{} {} asked by {}: {}", request.archive(), request.kind(), request.who(), answer);
      ledger.requests().answer(request.id(), answer);
    }
  }

  private String carryOut(Request request) {
    Optional<ArchiveRow> archive = ledger.archives().byId(request.archive());
    if (archive.isEmpty()) {
      return "there is no archive " + request.archive();
    }
    try {
      return switch (request.kind()) {
        case RETRY -> retry(archive.get(), request);
        case DISCARD -> discard(archive.get(), request);
      };
    } catch (IOException failed) {
      return archive.get().source() + " cannot be read: " + failed.getMessage();
    }
  }

  /** The same gates again, for what did not get through. */
  private String retry(ArchiveRow archive, Request request) throws IOException {
    List<String> targets =
        in(archive, State.QUARANTINED, State.DELIVERED_WITH_FAILURES, State.PARKED, State.HELD);
    if (targets.isEmpty()) {
      return "nothing of " + archive.id() + " can be tried again; it is " + states(archive);
    }
    if (!in(archive, State.RUNNING, State.RUNNABLE).isEmpty()) {
      return archive.id() + " is being worked on; retry it when it stands still";
    }
    List<ArchiveFile> files = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ArchiveFile file : archive.files()) {
      files.add(ArchiveFile.of(file.path()));
      names.add(String.valueOf(file.path().getFileName()));
    }
    Checksums checksums = Sidecars.of(archive.name(), names, sidecarFolders(archive));
    Relocation.deleteTree(folder.work(archive.id()));
    ledger.archives().locate(archive.id(), archive.source(), files, checksums.toJson());
    ledger.archives().reopen(archive.id());
    ledger.events().add(archive.id(), request.who(), "RETRY", request.argument());
    ledger.deliveries().resume(archive.id(), targets, request.who());
    return "ok";
  }

  private static List<Path> sidecarFolders(ArchiveRow archive) {
    Path beside = DurableFile.folderOf(archive.source());
    return Files.isDirectory(archive.source())
        ? List.of(archive.source(), beside)
        : List.of(beside);
  }

  private String discard(ArchiveRow archive, Request request) {
    List<String> targets =
        in(
            archive,
            State.QUARANTINED,
            State.HELD,
            State.WAITING,
            State.PARKED,
            State.DELIVERED_WITH_FAILURES);
    if (targets.isEmpty()) {
      return archive.id() + " cannot be discarded; it is " + states(archive);
    }
    ledger.events().add(archive.id(), request.who(), "DISCARD", request.argument());
    ledger
        .deliveries()
        .move(archive.id(), targets, State.DISCARDED, discarded(archive, targets, request));
    ledger.archives().reopen(archive.id());
    return "ok";
  }

  private Optional<Reason> discarded(ArchiveRow archive, List<String> targets, Request request) {
    return ledger
        .deliveries()
        .find(archive.id(), targets.get(0))
        .flatMap(DeliveryRow::reason)
        .map(
            reason ->
                new Reason(
                    reason.code(),
                    "discarded by " + request.who() + ": " + request.argument(),
                    "None.",
                    reason.evidence()));
  }

  private List<String> in(ArchiveRow archive, State... states) {
    return ledger.deliveries().of(archive.id()).stream()
        .filter(delivery -> List.of(states).contains(delivery.state()))
        .map(DeliveryRow::target)
        .toList();
  }

  private String states(ArchiveRow archive) {
    return State.worst(
            ledger.deliveries().of(archive.id()).stream().map(DeliveryRow::state).toList())
        .name();
  }
}
