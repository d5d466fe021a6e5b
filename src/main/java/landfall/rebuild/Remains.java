package landfall.rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import landfall.folders.DataFolder;
import landfall.folders.DurableFile;
import landfall.ledger.ArchiveRow;
import landfall.ledger.State;
import landfall.report.Receipt;

/** Reads what the folders still know of archives. */
final class Remains {
  private final DataFolder folder;
  private final List<String> findings = new ArrayList<>();

  Remains(DataFolder folder) {
    this.folder = folder;
  }

  /** What could not be taken up, or only in part, and what to do about it; one a line. */
  List<String> findings() {
    return findings;
  }

  /**
   * Every archive, in the order in which they came.
   *
   * @throws IOException when a folder cannot be read
   */
  List<Restored> archives() throws IOException {
    TreeSet<String> ids = new TreeSet<>();
    for (String name : List.of("done", "quarantine", "work")) {
      ids.addAll(folder.ids(name));
    }
    List<Restored> archives = new ArrayList<>();
    for (String id : ids) {
      archive(id).ifPresent(archives::add);
    }
    archives.sort(
        Comparator.comparing((Restored one) -> one.archive().arrived())
            .thenComparing(one -> one.archive().finished().orElse(Instant.MAX))
            .thenComparing(one -> one.archive().id()));
    return archives;
  }

  private Optional<Restored> archive(String id) {
    List<Path> files =
        Stream.of(folder.work(id), folder.done(id), folder.quarantine(id))
            .map(place -> place.resolve("receipt.json"))
            .filter(Files::exists)
            .toList();
    Optional<Receipt> receipt =
        files.stream()
            .flatMap(file -> read(id, file).stream())
            .max(Comparator.comparing(Remains::age));
    if (files.isEmpty()) {
      unknown(id);
    }
    return receipt.flatMap(this::restored);
  }

  /** What is under way again is newer than any end; it is removed when the end has come. */
  private static Instant age(Receipt receipt) {
    return receipt.finished().isEmpty() ? Instant.MAX : Instant.parse(receipt.finished());
  }

  private Optional<Receipt> read(String id, Path file) {
    ReceiptFile.Read read = ReceiptFile.read(file);
    Optional<Receipt> own = read.receipt().filter(receipt -> receipt.archive().id().equals(id));
    read.problems().forEach(problem -> findings.add(file + ": " + problem));
    if (read.receipt().isPresent() && own.isEmpty()) {
      findings.add(file + ": it is the receipt of " + read.receipt().get().archive().id());
    }
    if (own.isEmpty()) {
      findings.add(file + " is not taken up; " + again(DurableFile.folderOf(file)));
    }
    return own;
  }

  private Optional<Restored> restored(Receipt receipt) {
    String id = receipt.archive().id();
    boolean refused = receipt.result() == State.QUARANTINED;
    Why why = refused ? Why.read(folder.quarantine(id)) : Why.NONE;
    if (!why.problem().isEmpty()) {
      findings.add(folder.quarantine(id).resolve("why.yaml") + ": " + why.problem());
    }
    Located located = Located.of(receipt, folder, why.archive());
    KeptResources resources = new KeptResources(folder.done(id));
    Rows rows = new Rows(receipt, located, why, resources);
    Restored restored = rows.restore();
    if (!rows.problems().isEmpty()) {
      rows.problems().forEach(problem -> findings.add("receipt of " + id + ": " + problem));
      findings.add("the receipt of " + id + " is not taken up; " + again(folder.done(id)));
      return Optional.empty();
    }
    findings.addAll(resources.findings());
    speakOfTheMissing(receipt, located, restored);
    return Optional.of(restored).filter(one -> !one.deliveries().isEmpty());
  }

  private void speakOfTheMissing(Receipt receipt, Located located, Restored restored) {
    ArchiveRow archive = restored.archive();
    if (located.there()) {
      return;
    }
    if (!receipt.ended()) {
      findings.add(
          archive.id()
              + " was "
              + receipt.result()
              + ", and "
              + archive.name()
              + " of "
              + receipt.archive().bytes()
              + " bytes lies neither in the drop nor in done or quarantine; drop or ingest it again,"
              + " what the registry has is not sent again");
    } else if (receipt.result() == State.QUARANTINED) {
      findings.add(
          archive.id()
              + " was refused, and its bytes are not in "
              + folder.quarantine(archive.id())
              + "; if they still lie in the drop they arrive anew, then discard this one");
    } else if (Files.exists(archive.source())) {
      findings.add(
          archive.source()
              + " is not the archive of its receipt, which has "
              + receipt.archive().bytes()
              + " bytes");
    }
  }

  private void unknown(String id) {
    for (Path place : List.of(folder.quarantine(id), folder.done(id))) {
      if (Files.exists(place)) {
        findings.add(place + " holds no receipt.json; " + again(place));
      }
    }
    if (Files.exists(folder.work(id))) {
      findings.add(
          folder.work(id)
              + " is of an archive that was under way; what lies in the drop is taken up anew by"
              + " itself, nothing in this folder is needed");
    }
  }

  private static String again(Path place) {
    return "if its archive lies in " + place + ", move it into the drop to have it looked at again";
  }
}
