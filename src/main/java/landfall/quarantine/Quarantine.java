package landfall.quarantine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.folders.DataFolder;
import landfall.folders.DurableFile;
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
  public void defect(Work work, Exception why) {
    LOG.error("{} met a defect", work.archive(), why);
    StringWriter trace = new StringWriter();
    why.printStackTrace(new PrintWriter(trace));
    hold(
        work,
        new Reason(
            Code.INTERNAL,
            "Landfall failed on this archive: " + why,
            Code.INTERNAL.next(),
            trace.toString().lines().limit(200).toList()));
  }

  private void hold(Work work, Reason reason) {
    LOG.warn("{} refused: {}: {}", work.archive(), reason.code(), reason.sentence());
    ledger.unwritten().move(work, State.QUARANTINED, reason);
  }

  /** Writes {@code why.yaml}: code, sentence, evidence, next step, and the history of reviews. */
  public void document(ArchiveRow archive) {
    List<DeliveryRow> refused =
        ledger.deliveries().of(archive.id()).stream()
            .filter(delivery -> delivery.state() == State.QUARANTINED)
            .toList();
    refused.stream()
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
