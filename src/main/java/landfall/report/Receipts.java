package landfall.report;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.folders.DataFolder;
import landfall.image.Digest;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.ImageRow;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.Ledger;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.publish.Change;
import landfall.report.Receipt.ByteCounts;
import landfall.report.Receipt.FailureReport;
import landfall.report.Receipt.ImageCounts;
import landfall.report.Receipt.ImageReport;
import landfall.report.Receipt.TargetReport;
import landfall.report.Receipt.Unclaimed;

/** Writes receipts from the ledger: what it does not hold is not claimed. */
public final class Receipts {
  private final Ledger ledger;
  private final DataFolder folder;
  private final Clock clock;

  public Receipts(Ledger ledger, DataFolder folder, Clock clock) {
    this.ledger = ledger;
    this.folder = folder;
    this.clock = clock;
  }

  /** The receipt of an archive as it stands now. */
  public Receipt of(ArchiveRow archive) {
    List<TargetReport> targets = new ArrayList<>();
    List<ImageReport> images = new ArrayList<>();
    Set<Unclaimed> unclaimed = new LinkedHashSet<>();
    for (DeliveryRow delivery : ledger.deliveries().of(archive.id())) {
      List<ImageRow> all = ledger.images().of(archive.id(), delivery.target());
      List<ImageRow> rows = all.stream().filter(row -> row.fate() != Fate.SUPERSEDED).toList();
      targets.add(target(delivery, all));
      images.addAll(images(delivery, rows));
      notes(delivery, Kind.UNCLAIMED).map(Receipts::unclaimed).forEach(unclaimed::add);
    }
    State result = State.worst(targets.stream().map(TargetReport::result).toList());
    boolean ended = targets.stream().allMatch(target -> target.result().ended());
    return new Receipt(
        Receipt.SCHEMA,
        new Receipt.Archive(
            archive.id(),
            archive.name(),
            archive.identity().map(Digest::hex).orElse(""),
            archive.bytes(),
            archive.differential(),
            archive.producer().orElse("")),
        result,
        seconds(archive.arrived()),
        ended ? seconds(archive.finished().orElseGet(clock::instant)) : "",
        targets,
        images,
        List.copyOf(unclaimed));
  }

  private List<ImageReport> images(DeliveryRow delivery, List<ImageRow> rows) {
    Map<String, String> attributions =
        notes(delivery, Kind.ATTRIBUTION).collect(Collectors.toMap(Note::name, Note::text));
    return rows.stream()
        .map(row -> image(delivery, row, attributions.getOrDefault(row.destination(), "")))
        .toList();
  }

  private static Unclaimed unclaimed(Note note) {
    int colon = note.name().lastIndexOf(':');
    return new Unclaimed(
        note.name().substring(0, colon), note.name().substring(colon + 1), note.text());
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** What has moved on since is told and not counted, for the archive's image is not there. */
  private TargetReport target(DeliveryRow delivery, List<ImageRow> rows) {
    Optional<Reason> reason = delivery.standstill();
    return new TargetReport(
        delivery.target(),
        delivery.registry(),
        delivery.state(),
        reason.map(why -> why.code().name()).orElse(""),
        reason.map(Reason::sentence).orElseGet(() -> supplied(delivery)),
        reason.map(Reason::next).orElse(""),
        new ImageCounts(
            delivery.images() - count(rows, Fate.SUPERSEDED),
            count(rows, Fate.PUSHED),
            count(rows, Fate.ALREADY_THERE),
            count(rows, Fate.DEAD_LETTERED) + count(rows, Fate.HELD_BACK)),
        new ByteCounts(
            delivery.bytes(),
            sum(rows, row -> row.moved().sent()),
            sum(rows, row -> row.moved().mounted()),
            sum(rows, row -> row.moved().alreadyThere())),
        resources(delivery),
        notes(delivery, Kind.CHANGE).map(Change::of).toList(),
        Stream.concat(notes(delivery, Kind.WARNING).map(Note::text), movedOn(rows)).toList(),
        rows.stream().filter(row -> row.fate().failed()).map(Receipts::failure).toList());
  }

  private static Stream<String> movedOn(List<ImageRow> rows) {
    return rows.stream()
        .filter(row -> row.fate() == Fate.SUPERSEDED)
        .flatMap(row -> row.reason().stream())
        .map(Reason::sentence);
  }

  private Stream<Note> notes(DeliveryRow delivery, Kind kind) {
    return ledger.notes().of(delivery.archive(), delivery.target(), kind).stream();
  }

  /** What became of content that came by itself. */
  private String supplied(DeliveryRow delivery) {
    return notes(delivery, Kind.SUPPLY).map(Note::text).collect(Collectors.joining(" "));
  }

  private List<String> resources(DeliveryRow delivery) {
    String[] names =
        folder
            .done(delivery.archive())
            .resolve("cluster-resources")
            .resolve(delivery.target())
            .toFile()
            .list((in, name) -> name.endsWith(".yaml") || name.endsWith(".json"));
    return names == null ? List.of() : List.of(names).stream().sorted().toList();
  }

  private static long count(List<ImageRow> rows, Fate fate) {
    return rows.stream().filter(row -> row.fate() == fate).count();
  }

  private static long sum(List<ImageRow> rows, ToLongFunction<ImageRow> bytes) {
    return rows.stream().mapToLong(bytes).sum();
  }

  private static FailureReport failure(ImageRow row) {
    return new FailureReport(
        row.origin(),
        row.digest().map(Digest::toString).orElse(""),
        row.reason().map(why -> why.code().name()).orElse(""),
        row.reason().map(Reason::sentence).orElse(""),
        row.reason().map(Reason::next).orElse(""));
  }

  private static ImageReport image(DeliveryRow delivery, ImageRow row, String attributedBy) {
    String host = delivery.registry().replaceAll("/.*", "");
    return new ImageReport(
        row.type(),
        row.origin(),
        host + "/" + row.destination(),
        row.digest().map(Digest::toString).orElse(""),
        delivery.target(),
        row.fate().word(),
        row.reason().map(why -> why.code().name()).orElse(""),
        attributedBy,
        row.origins().stream()
            .skip(1)
            .map(origin -> new Receipt.OtherOrigin(origin.type(), origin.reference()))
            .toList());
  }
}
