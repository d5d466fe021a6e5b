package landfall.rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.archive.ArchiveFile;
import landfall.arrive.Checksums;
import landfall.folders.DataFolder;
import landfall.folders.Relocation;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares ledger and folders at a start. What is there, the folders know: work goes on with it,
 * and every disagreement is said, the first few of a kind one by one.
 */
public final class Presence {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
  private static final int SHOWN = 5;

  private final Ledger ledger;
  private final DataFolder folder;

  public Presence(Ledger ledger, DataFolder folder) {
    this.ledger = ledger;
    this.folder = folder;
  }

  /** Looks once, before anything is worked on; gives what was said. */
  public List<String> look() {
    Map<String, ArchiveRow> known = new HashMap<>();
    ledger.archives().all().forEach(row -> known.put(row.id(), row));
    List<String> said = new ArrayList<>();
    said.addAll(say(work(known)));
    said.addAll(say(strangers("done", known)));
    said.addAll(say(strangers("quarantine", known)));
    said.addAll(say(moved(known)));
    said.addAll(say(gone(known)));
    return said;
  }

  private static List<String> say(List<String> lines) {
    List<String> said = new ArrayList<>(lines.subList(0, Math.min(SHOWN, lines.size())));
    if (lines.size() > SHOWN) {
      said.add("and " + (lines.size() - SHOWN) + " more of this kind");
    }
    said.forEach(LOG::warn);
    return said;
  }

  /** Work of what has ended is over; a crash kept it from being removed. */
  private List<String> work(Map<String, ArchiveRow> known) {
    List<String> orphans = new ArrayList<>();
    for (String id : folder.ids("work")) {
      Optional<ArchiveRow> row = Optional.ofNullable(known.get(id));
      if (row.isEmpty()) {
        orphans.add(
            folder.work(id)
                + " belongs to no archive the ledger knows; nothing in it is needed, what it was made"
                + " of is read again from the archive; delete it");
      } else if (row.get().finished().isPresent()) {
        LOG.info("{} is removed, its archive has ended", folder.work(id));
        remove(folder.work(id));
      }
    }
    return orphans;
  }

  private static void remove(Path path) {
    try {
      Relocation.deleteTree(path);
    } catch (IOException failed) {
      LOG.warn("{} cannot be removed: {}", path, failed.getMessage());
    }
  }

  private List<String> strangers(String name, Map<String, ArchiveRow> known) {
    return folder.ids(name).stream()
        .filter(id -> !known.containsKey(id))
        .map(
            id ->
                folder.root().resolve(name).resolve(id)
                    + " is not in the ledger, which is older than it; what was delivered with it is"
                    + " missing from the next mirror sets; stop Landfall and run: landfall rebuild")
        .toList();
  }

  /** A ledger older than the folders looks for an archive where it no longer lies. */
  private List<String> moved(Map<String, ArchiveRow> known) {
    List<String> lines = new ArrayList<>();
    for (ArchiveRow row : known.values()) {
      if (row.inPlace() || row.files().isEmpty() || Files.exists(row.source())) {
        continue;
      }
      Stream.of(folder.done(row.id()), folder.quarantine(row.id()))
          .map(place -> place.resolve(row.name()))
          .filter(Files::exists)
          .findFirst()
          .ifPresent(
              place -> {
                follow(row, place);
                lines.add(
                    row.id()
                        + " lies at "
                        + place
                        + ", the ledger looked for it at "
                        + row.source());
              });
    }
    return lines;
  }

  private void follow(ArchiveRow row, Path place) {
    List<ArchiveFile> files =
        row.files().stream()
            .flatMap(file -> ArchiveFile.find(row.pathAt(place, file)).stream())
            .toList();
    if (files.size() == row.files().size()) {
      Checksums checksums = Checksums.fromJson(row.promises()).moved(row.source(), place);
      ledger.archives().locate(row.id(), place, files, checksums.toJson());
    }
  }

  private List<String> gone(Map<String, ArchiveRow> known) {
    Set<String> refused =
        ledger.deliveries().in(State.QUARANTINED).stream()
            .map(DeliveryRow::archive)
            .collect(Collectors.toSet());
    Set<String> done = new HashSet<>(folder.ids("done"));
    Set<String> quarantine = new HashSet<>(folder.ids("quarantine"));
    List<String> lines = new ArrayList<>();
    known.values().stream()
        .filter(row -> row.finished().isPresent())
        .filter(row -> !(refused.contains(row.id()) ? quarantine : done).contains(row.id()))
        .map(ArchiveRow::id)
        .sorted()
        .forEach(
            id ->
                lines.add(
                    refused.contains(id)
                        ? folder.quarantine(id)
                            + " is gone, the ledger has it as refused; if that was meant: landfall"
                            + " quarantine discard "
                            + id
                            + " --reason TEXT"
                        : folder.done(id)
                            + " is gone, and its receipt with it; the ledger still knows what was"
                            + " delivered, nothing has to be done"));
    return lines;
  }
}
