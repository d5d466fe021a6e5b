package landfall.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import landfall.arrive.Label;
import landfall.folders.DataFolder;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.ImageRow;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.ledger.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code drop/X.status} up to date for people who only see that share. Failing to write one
 * is no error.
 */
final class StatusFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StatusFiles.class);

  /** Nanoseconds between two versions of a file while its archive is under way. */
  private static final long SELDOM = 5_000_000_000L;

  /** Images told of one by one; the receipt has all. */
  private static final int MOST = 20;

  private final Ledger ledger;
  private final DataFolder folder;
  private final Clock clock;
  private final Pauses pauses;
  private final Map<String, Written> written = new ConcurrentHashMap<>();

  /** Ended archives whose last status could not be written. */
  private final Queue<String> owed = new ConcurrentLinkedQueue<>();

  private final Map<Path, Map<String, Told>> sharing = new ConcurrentHashMap<>();

  StatusFiles(Ledger ledger, DataFolder folder, Clock clock, Pauses pauses) {
    this.ledger = ledger;
    this.folder = folder;
    this.clock = clock;
    this.pauses = pauses;
  }

  /** Rewrites the status of every archive that is under way, and what could not be written. */
  void refresh() {
    Optional.ofNullable(owed.poll()).ifPresent(this::write); // one: mostly all fail, or none
    ledger.archives().unfinished().stream()
        .filter(archive -> !archive.inPlace())
        .forEach(this::write);
  }

  /** Rewrites one archive's status if it says something new. */
  void write(String id) {
    ledger.archives().byId(id).filter(archive -> !archive.inPlace()).ifPresent(this::write);
  }

  private void write(ArchiveRow archive) {
    Written before = written.get(archive.id());
    boolean soon =
        before != null && System.nanoTime() - before.at() < SELDOM && archive.finished().isEmpty();
    String text = soon ? "" : text(archive);
    if (soon || (before != null && before.text().equals(text))) {
      return;
    }
    written.put(archive.id(), new Written(text, System.nanoTime()));
    Path file = folder.drop().resolve(Label.withoutExtension(archive.name()) + ".status");
    Path partial = folder.drop().resolve("." + archive.id() + ".status.part");
    try {
      Files.writeString(
          partial,
          together(file, archive, text)
              + "time: "
              + clock.instant().truncatedTo(ChronoUnit.SECONDS)
              + "\n");
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unimportant) {
      written.put(archive.id(), new Written("", System.nanoTime()));
      if (archive.finished().isPresent()) {
        owed.add(archive.id());
      }
      partial.toFile().delete();
      LOG.debug("{} cannot be written: {}", file, unimportant.getMessage());
    }
  }

  /** X.tar, X.tar.gz and a folder X share one file, which tells of the latest of each name. */
  private String together(Path file, ArchiveRow archive, String text) {
    Map<String, Told> all = sharing.computeIfAbsent(file, none -> new ConcurrentSkipListMap<>());
    all.put(archive.name(), new Told(archive.id(), text));
    all.values().removeIf(other -> ledger.archives().byId(other.id()).isEmpty());
    return all.values().stream().map(Told::text).collect(Collectors.joining("\n"));
  }

  private String text(ArchiveRow archive) {
    List<DeliveryRow> deliveries = ledger.deliveries().of(archive.id());
    StringBuilder text = new StringBuilder();
    State state = State.worst(deliveries.stream().map(DeliveryRow::state).toList());
    line(text, "archive", archive.name());
    line(text, "id", archive.id());
    line(text, "state", state + " (" + state.meaning() + ")");
    if (archive.finished().isPresent() && archive.source().startsWith(folder.drop())) {
      line(text, "note", "the archive stays at " + archive.source() + ", it could not be moved");
    }
    for (DeliveryRow delivery : deliveries) {
      text.append('\n');
      describe(text, delivery);
    }
    return text.append('\n').toString();
  }

  private void describe(StringBuilder text, DeliveryRow delivery) {
    List<ImageRow> images = ledger.images().of(delivery.archive(), delivery.target());
    long there = images.stream().filter(row -> row.fate().delivered()).count();
    line(text, "target", delivery.target() + " (" + delivery.registry() + ")");
    line(text, "  state", delivery.state() + ", at step " + delivery.step());
    if (delivery.images() > 0) {
      line(text, "  images", there + " of " + delivery.images() + " there");
    }
    pauses.of(delivery).ifPresent(pause -> line(text, "  waits", pause));
    ledger
        .unwritten()
        .reason(delivery.archive(), delivery.target())
        .or(delivery::standstill)
        .ifPresent(reason -> explain(text, delivery, reason));
    images.stream()
        .filter(row -> row.fate() == Fate.SUPERSEDED)
        .limit(MOST)
        .flatMap(row -> row.reason().stream())
        .forEach(reason -> line(text, "  moved on", reason.sentence()));
    images.stream()
        .filter(row -> row.fate().failed())
        .limit(MOST)
        .forEach(
            row ->
                line(
                    text,
                    "  failed",
                    row.origin()
                        + ": "
                        + row.reason().map(why -> why.code() + ": " + why.sentence()).orElse("")));
  }

  private static void explain(StringBuilder text, DeliveryRow delivery, Reason reason) {
    line(text, "  since", delivery.since().truncatedTo(ChronoUnit.SECONDS).toString());
    line(text, "  code", reason.code().name());
    line(text, "  why", reason.sentence());
    line(text, "  next", reason.next().replace(" ID", " " + delivery.archive()));
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(": ").append(value.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }

  private record Told(String id, String text) {}

  private record Written(String text, long at) {}
}
