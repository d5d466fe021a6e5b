package landfall.quarantine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import landfall.archive.ArchiveFile;
import landfall.arrive.Checksums;
import landfall.arrive.Sidecars;
import landfall.failure.Code;
import landfall.folders.DataFolder;
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
 * Carries out what reviewers ask for: send an archive through the same gates again, accept what it
 * was refused for, or give it up. Each act is an event with who, when and why.
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
    }
  }

  private String carryOut(Request request) {
    try {
      Optional<ArchiveRow> archive = ledger.archives().byId(request.archive());
      return archive.isEmpty()
          ? answered(request, "there is no archive " + request.archive())
          : switch (request.kind()) {
            case RETRY -> retry(archive.get(), request);
            case RELEASE -> release(archive.get(), request);
            case DISCARD -> discard(archive.get(), request);
          };
    } catch (IOException failed) {
      return answered(request, "the archive cannot be read: " + failed);
    }
  }

  /** The same gates again, for what did not get through. */
  private String retry(ArchiveRow archive, Request request) throws IOException {
    List<DeliveryRow> standing =
        in(archive, State.QUARANTINED, State.DELIVERED_WITH_FAILURES, State.PARKED, State.HELD);
    if (standing.isEmpty()) {
      return answered(
          request, "nothing of " + archive.id() + " can be tried again; it is " + states(archive));
    }
    return sendRound(archive, standing, request, List.of());
  }

  /** On its way in spite of what a gate said, where the gate's code allows it. */
  private String release(ArchiveRow archive, Request request) throws IOException {
    List<DeliveryRow> standing = in(archive, State.QUARANTINED, State.HELD, State.WAITING);
    List<Code> codes =
        standing.stream()
            .flatMap(delivery -> delivery.reason().stream())
            .map(Reason::code)
            .distinct()
            .toList();
    if (codes.isEmpty()) {
      return answered(
          request,
          archive.id() + " cannot be released, nothing refuses it; it is " + states(archive));
    }
    Optional<Code> never = codes.stream().filter(code -> !code.releasable()).findFirst();
    return never.isPresent()
        ? answered(
            request,
            archive.id()
                + " stands still for "
                + never.get()
                + ", which nobody can release. "
                + never.get().next().replace(" ID", " " + archive.id()))
        : sendRound(archive, standing, request, codes);
  }

  /** What a scan found before is looked at afresh, for the bytes may have been mended. */
  private String sendRound(
      ArchiveRow archive, List<DeliveryRow> standing, Request request, List<Code> accepted)
      throws IOException {
    if (!in(archive, State.RUNNING, State.RUNNABLE).isEmpty()) {
      return answered(
          request, archive.id() + " is being worked on; try again when it stands still");
    }
    List<ArchiveFile> files = new ArrayList<>();
    for (ArchiveFile file : archive.files()) {
      files.add(ArchiveFile.of(file.path()));
    }
    Checksums checksums = Sidecars.of(archive.source(), files);
    Relocation.deleteTree(folder.work(archive.id()));
    ledger.together(
        () -> {
          note(archive, request, accepted);
          accepted.forEach(
              code -> ledger.releases().add(archive.id(), code, request.who(), request.argument()));
          ledger.archives().locate(archive.id(), archive.source(), files, checksums.toJson());
          ledger.archives().reopen(archive.id());
          ledger.deliveries().resume(archive.id(), names(standing), request.who());
          answered(request, Request.OK);
        });
    return Request.OK;
  }

  private String discard(ArchiveRow archive, Request request) {
    List<DeliveryRow> standing =
        in(
            archive,
            State.QUARANTINED,
            State.HELD,
            State.WAITING,
            State.PARKED,
            State.DELIVERED_WITH_FAILURES);
    if (standing.isEmpty()) {
      return answered(request, archive.id() + " cannot be discarded; it is " + states(archive));
    }
    ledger.together(
        () -> {
          note(archive, request, List.of());
          standing.forEach(delivery -> giveUp(delivery, request));
          ledger.archives().reopen(archive.id());
          answered(request, Request.OK);
        });
    return Request.OK;
  }

  private void giveUp(DeliveryRow delivery, Request request) {
    Optional<Reason> reason =
        delivery
            .reason()
            .map(
                before ->
                    new Reason(
                        before.code(),
                        "discarded by " + request.who() + ": " + request.argument(),
                        "None.",
                        before.evidence()));
    ledger
        .deliveries()
        .move(delivery.archive(), List.of(delivery.target()), State.DISCARDED, reason);
  }

  private void note(ArchiveRow archive, Request request, List<Code> accepted) {
    String codes = accepted.stream().map(Code::name).collect(Collectors.joining(", "));
    ledger
        .events()
        .add(
            archive.id(),
            request.who(),
            request.kind().name(),
            codes.isEmpty() ? request.argument() : codes + ": " + request.argument());
  }

  private String answered(Request request, String answer) {
    ledger.requests().answer(request.id(), answer);
    return answer;
  }

  private static List<String> names(List<DeliveryRow> deliveries) {
    return deliveries.stream().map(DeliveryRow::target).toList();
  }

  private List<DeliveryRow> in(ArchiveRow archive, State... states) {
    return ledger.deliveries().of(archive.id()).stream()
        .filter(delivery -> List.of(states).contains(delivery.state()))
        .toList();
  }

  private String states(ArchiveRow archive) {
    return State.worst(
            ledger.deliveries().of(archive.id()).stream().map(DeliveryRow::state).toList())
        .name();
  }
}
