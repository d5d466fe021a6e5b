package landfall.dispatch;

import java.util.List;
import java.util.function.Predicate;
import landfall.arrive.Arrival;
import landfall.arrive.Checksums;
import landfall.folders.DataFolder;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;

/**
 * Gives the next runnable archive. Restart, the end of a PARK or HOLD, and a retry all mean: set
 * runnable; every step passes quickly over what it has already done.
 */
public final class Dispatcher {
  /** One is pushed while the next is read; more would wait in memory instead of in the ledger. */
  private static final int MOST_A_TARGET = 2;

  private final Ledger ledger;
  private final DataFolder folder;
  private final Predicate<String> mine;

  /**
   * @param mine which archives this process works on; a command leaves those of the drop alone
   */
  public Dispatcher(Ledger ledger, DataFolder folder, Predicate<String> mine) {
    this.ledger = ledger;
    this.folder = folder;
    this.mine = mine;
  }

  /** The archive that came first of those runnable; none or one. */
  public List<Arrival> next() {
    List<DeliveryRow> taken = ledger.deliveries().take(MOST_A_TARGET, mine);
    return taken.stream()
        .limit(1)
        .flatMap(first -> ledger.archives().byId(first.archive()).stream())
        .map(row -> arrival(row, taken.stream().map(DeliveryRow::target).toList()))
        .toList();
  }

  private Arrival arrival(ArchiveRow row, List<String> targets) {
    return new Arrival(
        row.id(),
        row.name(),
        row.source(),
        row.files(),
        row.chunked(),
        Checksums.fromJson(row.promises()),
        ledger.releases().of(row.id()),
        folder.work(row.id()),
        targets);
  }
}
