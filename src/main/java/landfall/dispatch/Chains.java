package landfall.dispatch;

import java.util.List;
import java.util.function.Predicate;
import landfall.failure.Code;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.ledger.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets held deliveries look again for what they lack whenever an archive has come or has reached
 * its end since: whatever it was, it may hold it. Once more after a start, for nobody knows what
 * has changed meanwhile.
 */
public final class Chains {
  private static final Logger LOG = LoggerFactory.getLogger(Chains.class);

  private final Ledger ledger;
  private final Predicate<String> mine;
  private long seen = -1;

  /**
   * @param mine which archives this process works on
   */
  public Chains(Ledger ledger, Predicate<String> mine) {
    this.ledger = ledger;
    this.mine = mine;
  }

  /**
   * Makes held deliveries runnable where something is new. While an archive is being looked into,
   * or one that was held is being pushed, it waits: that one would not notice what came meanwhile.
   */
  public synchronized void lookAgain() {
    List<DeliveryRow> held =
        ledger.deliveries().in(State.HELD).stream()
            .filter(row -> mine.test(row.archive()))
            .filter(Chains::lacks)
            .toList();
    if (held.isEmpty() || isLookingInto()) {
      return;
    }
    long now = ledger.archives().progress();
    if (now == seen) {
      return;
    }
    seen = now;
    for (DeliveryRow row : held) {
      LOG.info("{} looks again for what it lacks at {}", row.archive(), row.target());
      ledger.deliveries().resume(row.archive(), List.of(row.target()), "landfall");
    }
  }

  private static boolean lacks(DeliveryRow row) {
    return row.reason().map(Reason::code).filter(Code.BLOB_MISSING::equals).isPresent();
  }

  private boolean isLookingInto() {
    return ledger.deliveries().in(State.RUNNABLE).stream().anyMatch(row -> mine.test(row.archive()))
        || ledger.deliveries().in(State.RUNNING).stream()
            .anyMatch(row -> row.step().compareTo(Step.PLAN) <= 0 || lacks(row));
  }
}
