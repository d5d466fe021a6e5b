package landfall.rebuild;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import landfall.failure.Code;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.ImageRow;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.ImageRow.Moved;
import landfall.ledger.ImageRow.Origin;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.ledger.Step;
import landfall.report.Receipt;
import landfall.report.Receipt.FailureReport;
import landfall.report.Receipt.ImageReport;
import landfall.report.Receipt.TargetReport;

/** Turns a receipt into the rows it was once written from. */
final class Rows {
  private final Receipt receipt;
  private final Located located;
  private final Why why;
  private final KeptResources resources;
  private final List<String> problems = new ArrayList<>();

  Rows(Receipt receipt, Located located, Why why, KeptResources resources) {
    this.receipt = receipt;
    this.located = located;
    this.why = why;
    this.resources = resources;
  }

  /** Where the receipt contradicts itself. */
  List<String> problems() {
    return problems;
  }

  /**
   * What is restored: every delivery that has ended; of one under way only when the archive is
   * there to go on with.
   */
  Restored restore() {
    List<DeliveryRow> deliveries = new ArrayList<>();
    List<ImageRow> images = new ArrayList<>();
    List<KeptNotes> notes = new ArrayList<>();
    for (TargetReport target : receipt.targets()) {
      if (target.result().ended() || located.there()) {
        deliveries.add(delivery(target));
        List<ImageRow> ofTarget = images(target);
        images.addAll(ofTarget);
        notes.addAll(KeptNotes.of(target));
        notes.addAll(resources.notes(target, ofTarget));
        notes.add(unclaimed(target));
        notes.add(attributions(target));
      }
    }
    List<String> names = receipt.targets().stream().map(TargetReport::name).toList();
    receipt.images().stream()
        .filter(image -> !names.contains(image.target()))
        .forEach(image -> problems.add(image.destination() + " is of no target of the receipt"));
    boolean ended = deliveries.stream().allMatch(delivery -> delivery.state().ended());
    return new Restored(archive(ended), deliveries, images, notes, why.history(), located.there());
  }

  private KeptNotes unclaimed(TargetReport target) {
    return new KeptNotes(
        target.name(),
        Kind.UNCLAIMED,
        receipt.unclaimed().stream()
            .map(tag -> new Note(tag.repository() + ":" + tag.tag(), tag.digest()))
            .distinct()
            .toList());
  }

  private KeptNotes attributions(TargetReport target) {
    String host = target.registry().replaceAll("/.*", "") + "/";
    return new KeptNotes(
        target.name(),
        Kind.ATTRIBUTION,
        receipt.images().stream()
            .filter(image -> image.target().equals(target.name()))
            .filter(image -> image.destination().startsWith(host))
            .filter(image -> !image.attributedBy().isEmpty())
            .map(
                image ->
                    new Note(image.destination().substring(host.length()), image.attributedBy()))
            .distinct()
            .toList());
  }

  private ArchiveRow archive(boolean ended) {
    Receipt.Archive archive = receipt.archive();
    return new ArchiveRow(
        archive.id(),
        0,
        archive.name(),
        located.source(),
        located.files(),
        located.chunked(),
        located.inPlace(),
        located.promises(),
        Optional.of(archive.sha256()).filter(hex -> ended && !hex.isEmpty()).map(Digest::new),
        Optional.of(archive.ocMirrorVersion()).filter(text -> !text.isEmpty()),
        archive.differential(),
        Instant.parse(receipt.started()),
        ended ? Optional.of(finished()) : Optional.empty());
  }

  private Instant finished() {
    return Instant.parse(receipt.finished().isEmpty() ? receipt.started() : receipt.finished());
  }

  /** What was under way begins anew; every step passes quickly over what it has already done. */
  private DeliveryRow delivery(TargetReport target) {
    boolean ended = target.result().ended();
    return new DeliveryRow(
        receipt.archive().id(),
        target.name(),
        target.registry(),
        ended ? target.result() : State.RUNNABLE,
        ended ? Step.REPORT : Step.VERIFY,
        reason(target),
        finished(),
        target.images().planned(),
        target.bytes().planned());
  }

  private Optional<Reason> reason(TargetReport target) {
    return target.code().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reason(
                Code.valueOf(target.code()), target.sentence(), target.next(), why.evidence()));
  }

  private List<ImageRow> images(TargetReport target) {
    List<FailureReport> failures = new ArrayList<>(target.failures());
    List<ImageRow> rows = new ArrayList<>();
    for (ImageReport image : receipt.images()) {
      if (image.target().equals(target.name())) {
        rows.add(image(target, image, failures, rows.isEmpty()));
      }
    }
    agree(target, rows);
    failures.forEach(
        failure ->
            problems.add(
                "a failure speaks of " + failure.image() + ", which is no image of the receipt"));
    return rows;
  }

  /** A receipt knows bytes of a whole delivery only; its first image stands for them. */
  private ImageRow image(
      TargetReport target, ImageReport image, List<FailureReport> failures, boolean first) {
    List<Origin> origins = new ArrayList<>();
    origins.add(new Origin(image.type(), image.origin()));
    image.alsoFor().forEach(other -> origins.add(new Origin(other.type(), other.origin())));
    Fate fate = Fate.ofWord(image.outcome());
    Receipt.ByteCounts bytes = target.bytes();
    return new ImageRow(
        receipt.archive().id(),
        target.name(),
        destination(target, image, fate),
        origins,
        Optional.of(image.digest()).filter(text -> !text.isEmpty()).map(Digest::parse),
        fate,
        fate.failed() ? failure(image, failures) : Optional.empty(),
        first ? new Moved(bytes.sent(), bytes.mounted(), bytes.alreadyThere()) : Moved.NOTHING);
  }

  private String destination(TargetReport target, ImageReport image, Fate fate) {
    String host = target.registry().replaceAll("/.*", "") + "/";
    if (!image.destination().startsWith(host)) {
      problems.add(image.destination() + " is not at " + target.registry());
      return image.destination();
    }
    String destination = image.destination().substring(host.length());
    if (fate.delivered() && (!isTag(destination) || image.digest().isEmpty())) {
      problems.add(image.destination() + " is said to be there without repository, tag and digest");
    }
    return destination;
  }

  private static boolean isTag(String destination) {
    int colon = destination.lastIndexOf(':');
    try {
      return colon > 0
          && !new RepositoryName(destination.substring(0, colon)).path().isEmpty()
          && !new Tag(destination.substring(colon + 1)).name().isEmpty();
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private Optional<Reason> failure(ImageReport image, List<FailureReport> failures) {
    for (Iterator<FailureReport> each = failures.iterator(); each.hasNext(); ) {
      FailureReport failure = each.next();
      if (failure.image().equals(image.origin())
          && failure.digest().equals(image.digest())
          && failure.code().equals(image.code())
          && !failure.code().isEmpty()) {
        each.remove();
        return Optional.of(reason(failure));
      }
    }
    problems.add(image.destination() + " failed, and no failure says why");
    return Optional.empty();
  }

  private static Reason reason(FailureReport failure) {
    Code code = failure.code().isEmpty() ? Code.INTERNAL : Code.valueOf(failure.code());
    return new Reason(code, failure.sentence(), failure.next(), List.of());
  }

  private void agree(TargetReport target, List<ImageRow> rows) {
    long pushed = rows.stream().filter(row -> row.fate() == Fate.PUSHED).count();
    long there = rows.stream().filter(row -> row.fate() == Fate.ALREADY_THERE).count();
    long failed = rows.size() - pushed - there;
    Receipt.ImageCounts said = target.images();
    if (said.pushed() != pushed || said.alreadyThere() != there || said.deadLettered() != failed) {
      problems.add("the counts for " + target.name() + " are not those of its images");
    }
  }
}
