package landfall.rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.folders.DataFolder;
import landfall.folders.Relocation;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.State;
import landfall.registry.Registry;

/**
 * Re-derives the ledger of a data folder from receipts and registries. The caller has the folder's
 * lock. The old ledger stays in its place until the new one is whole.
 */
public final class Rebuild {
  private final DataFolder folder;
  private final Map<String, RegistryCheck.Site> sites;
  private final Clock clock;

  /**
   * @param addresses of the configured targets, by name
   * @param registries the same targets'
   */
  public Rebuild(
      DataFolder folder,
      Map<String, String> addresses,
      Map<String, Registry> registries,
      Clock clock) {
    this.folder = folder;
    this.clock = clock;
    this.sites = new HashMap<>();
    addresses.forEach(
        (name, address) -> {
          Registry registry = registries.get(name);
          if (registry != null) {
            sites.put(name, new RegistryCheck.Site(address, registry));
          }
        });
  }

  /**
   * Makes the new ledger.
   *
   * @throws IOException when folders cannot be read or written; then nothing has changed, or the
   *     old ledger is put aside and Landfall refuses to start until this has been run again
   */
  public Rebuilt run() throws IOException {
    Remains remains = new Remains(folder);
    RegistryCheck check = new RegistryCheck(sites);
    List<Restored> archives = check.borneOut(remains.archives());
    List<String> findings = new ArrayList<>(remains.findings());
    findings.addAll(check.findings());

    Path draft = folder.state().resolve("ledger-rebuilt");
    Relocation.deleteTree(draft); // left by a crash
    write(draft, archives);
    Path file = Ledger.file(folder.state());
    Optional<Path> kept = new LedgerFile(file).replaceBy(Ledger.file(draft), clock.instant());
    Relocation.deleteTree(draft);
    return new Rebuilt(
        file.toString(),
        kept.map(Path::toString).orElse(""),
        count(archives),
        check.facts(),
        findings);
  }

  private void write(Path draft, List<Restored> archives) throws IOException {
    try (Ledger ledger = Ledger.open(draft, clock)) {
      long sequence = 1;
      for (Restored one : archives) {
        List<String> history = new ArrayList<>(one.history());
        history.add("from its receipt, as " + one.state());
        ledger.restore(
            one.archive().at(sequence++), one.deliveries(), one.images(), List.copyOf(history));
        Set<String> targets =
            one.deliveries().stream().map(DeliveryRow::target).collect(Collectors.toSet());
        one.notes().stream()
            .filter(notes -> targets.contains(notes.target()))
            .forEach(
                notes ->
                    ledger
                        .notes()
                        .replace(one.archive().id(), notes.target(), notes.kind(), notes.notes()));
      }
    }
    if (Files.exists(Path.of(Ledger.file(draft) + "-wal"))) {
      throw new IOException(draft + " could not be written to its end");
    }
  }

  private static Map<State, Long> count(List<Restored> archives) {
    Map<State, Long> counts = new EnumMap<>(State.class);
    archives.forEach(one -> counts.merge(one.state(), 1L, Long::sum));
    return counts;
  }
}
