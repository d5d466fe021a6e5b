package landfall.dispatch;

import java.util.List;
import java.util.function.Predicate;
import landfall.arrive.Arrival;
import landfall.arrive.Checksums;
import landfall.failure.Parked;
import landfall.folders.DataFolder;
import landfall.folders.DiskFault;
import landfall.folders.Space;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.ledger.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the next runnable archive. Restart, the end of a PARK or HOLD, and a retry all mean: set
 * runnable; every step passes quickly over what it has already done.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

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

  /**
   * The archive that came first of those runnable; none or one. No work is begun that the ledger
   * might have no room to note: its disk's reserve must be there.
   */
  public List<Arrival> next() {
    if (ledger.deliveries().in(State.RUNNABLE).stream()
        .noneMatch(row -> mine.test(row.archive()))) {
      return List.of();
    }
    try {
      Space.require(folder.state(), DiskFault.SMALL);
    } catch (Parked noRoom) {
      parkAll(noRoom);
      return List.of();
    }
    return taken();
  }

  private void parkAll(Parked noRoom) {
    LOG.warn("nothing is begun: {}: {}", noRoom.code(), noRoom.sentence());
    ledger.deliveries().in(State.RUNNABLE).stream()
        .filter(row -> mine.test(row.archive()))
        .forEach(
            row ->
                ledger.unwritten().move(new Taken(List.of(row)), State.PARKED, Reason.of(noRoom)));
  }

  private List<Arrival> taken() {
    List<DeliveryRow> rows = ledger.deliveries().take(MOST_A_TARGET, mine);
    if (rows.isEmpty()) {
      return List.of();
    }
    Taken taken = new Taken(rows);
    try {
      return ledger.archives().byId(taken.archive()).stream()
          .map(row -> arrival(row, taken.targets()))
          .toList();
    } catch (RuntimeException unread) {
      ledger.unwritten().move(taken, State.PARKED, Reason.of(ledger.fault(unread)));
      return List.of();
    }
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

  /** Deliveries of one archive that were just marked as running. */
  private record Taken(List<DeliveryRow> rows) implements Work {
    @Override
    public String archive() {
      return rows.get(0).archive();
    }

    @Override
    public List<String> targets() {
      return rows.stream().map(DeliveryRow::target).toList();
    }
  }
}
