package landfall.quarantine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.folders.DataFolder;
import landfall.folders.DurableFile;
import landfall.image.Digest;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.ledger.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Takes in what was refused and writes down why. */
public final class Quarantine {
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

  /** The event of bytes that came again although they lie in quarantine. */
  public static final String AGAIN = "AGAIN";

  private static final int MOST_STRIKES = 3;

  private final Ledger ledger;
  private final DataFolder folder;

  public Quarantine(Ledger ledger, DataFolder folder) {
    this.ledger = ledger;
    this.folder = folder;
  }

  /** The archive is damaged, hostile or against policy. */
  public void hold(Work work, Rejected why) {
    hold(work, Reason.of(why));
  }

  /** A defect of Landfall: seen by people, and not tried again at every restart. */
  public void defect(Work work, Throwable why) {
    LOG.error("{} met a defect", work.archive(), why);
    StringWriter trace = new StringWriter();
    why.printStackTrace(new PrintWriter(trace));
    hold(
        work,
        new Reason(
            Code.INTERNAL,
            "Landfall failed on this archive: " + root(why),
            Code.INTERNAL.next(),
            trace.toString().lines().limit(200).toList()));
  }

  /**
   * The archive exhausted memory or stack. Counted before anything else is done; it is tried again
   * until it has done so three times.
   */
  public void strike(Work work, Throwable why) {
    String what = root(why).toString();
    int strikes;
    try {
      strikes = ledger.archives().strike(work.archive());
    } catch (RuntimeException unwritten) {
      ledger.unwritten().move(work, State.PARKED, Reason.of(ledger.fault(unwritten)));
      return;
    }
    LOG.error("{} has exhausted the program {} times: {}", work.archive(), strikes, what);
    if (strikes < MOST_STRIKES) {
      ledger.deliveries().resume(work.archive(), work.targets(), "landfall");
      return;
    }
    hold(
        work,
        new Reason(
            Code.POISON,
            "the archive exhausted Landfall " + strikes + " times: " + what,
            Code.POISON.next(),
            List.of()));
  }

  /** Camel wraps what is no exception. */
  private static Throwable root(Throwable why) {
    return why.getCause() instanceof Error error ? error : why;
  }

  private void hold(Work work, Reason reason) {
    LOG.warn("{} refused: {}: {}", work.archive(), reason.code(), reason.sentence());
    Optional<ArchiveRow> before = refusedBefore(work, reason);
    if (before.isPresent()) {
      again(work, reason, before.get());
    } else {
      ledger.unwritten().move(work, State.QUARANTINED, reason);
    }
  }

  private Optional<ArchiveRow> refusedBefore(Work work, Reason reason) {
    try {
      return ledger
          .archives()
          .byId(work.archive())
          .flatMap(this::twin)
          .filter(twin -> has(twin, reason));
    } catch (RuntimeException ill) {
      LOG.warn("{}: the ledger cannot be asked about it: {}", work.archive(), ill.toString());
      return Optional.empty();
    }
  }

  /** The archive in quarantine that holds the same bytes. */
  public Optional<ArchiveRow> twin(ArchiveRow archive) {
    return archive.identity().stream()
        .flatMap(bytes -> ledger.archives().twins(archive.id(), bytes).stream())
        .filter(twin -> twin.source().startsWith(folder.quarantine(twin.id())))
        .filter(twin -> twin.files().stream().allMatch(ArchiveFile::unchanged))
        .findFirst();
  }

  private boolean has(ArchiveRow archive, Reason reason) {
    return refused(archive).stream()
        .flatMap(delivery -> delivery.reason().stream())
        .anyMatch(before -> before.code() == reason.code());
  }

  /** Bytes that lie in quarantine already stay there once, and are counted. */
  private void again(Work work, Reason reason, ArchiveRow before) {
    Reason known =
        new Reason(
            reason.code(),
            "the same bytes were refused before and lie in quarantine as " + before.id(),
            "Review " + before.id() + ": landfall quarantine show " + before.id(),
            reason.evidence());
    ledger.unwritten().move(work, State.DISCARDED, known);
    ledger.events().add(before.id(), "landfall", AGAIN, work.archive());
    document(before);
  }

  private List<DeliveryRow> refused(ArchiveRow archive) {
    return ledger.deliveries().of(archive.id()).stream()
        .filter(delivery -> delivery.state() == State.QUARANTINED)
        .toList();
  }

  /** Writes {@code why.yaml}: code, sentence, evidence, next step, and the history of reviews. */
  public void document(ArchiveRow archive) {
    refused(archive).stream()
        .flatMap(delivery -> delivery.reason().stream())
        .findFirst()
        .ifPresent(reason -> write(archive, reason));
  }

  private void write(ArchiveRow archive, Reason reason) {
    Map<String, Object> why = new LinkedHashMap<>();
    why.put("code", reason.code().name());
    why.put("sentence", reason.sentence());
    why.put("evidence", reason.evidence());
    why.put("next", reason.next().replace(" ID", " " + archive.id()));
    why.put("releasable", reason.code().releasable());
    why.put("archive", place(archive).toString());
    why.put("sha256", archive.identity().map(Digest::hex).orElse(""));
    why.put("history", history(archive.id()));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(160);
    options.setSplitLines(false);
    DurableFile.write(
        folder.quarantine(archive.id()).resolve("why.yaml"),
        new Yaml(options).dump(why).getBytes(StandardCharsets.UTF_8));
  }

  /** Where it will lie when this is read. */
  private Path place(ArchiveRow archive) {
    return archive.inPlace()
        ? archive.source()
        : folder.quarantine(archive.id()).resolve(archive.name());
  }

  private List<String> history(String archive) {
    return ledger.events().of(archive).stream()
        .filter(
            event -> !event.what().equals(State.RUNNABLE.name()) || !event.who().equals("landfall"))
        .map(event -> event.at() + " " + event.who() + " " + event.what() + " " + event.detail())
        .map(String::strip)
        .toList();
  }
}
