package landfall.dispatch;

import landfall.failure.Failure;
import landfall.failure.Held;
import landfall.failure.Parked;
import landfall.failure.Waiting;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.ledger.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lays work aside that goes on by itself later, and writes down why. */
public final class Standstill {
  private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);

  private final Ledger ledger;

  public Standstill(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The environment is at fault: probed until it is well again. */
  public void park(Work work, Parked why) {
    move(work, State.PARKED, why);
  }

  /** Something earlier is needed: looked for whenever something arrives. */
  public void hold(Work work, Held why) {
    move(work, State.HELD, why);
  }

  /** The input is not complete: looked at again when it changes. */
  public void await(Work work, Waiting why) {
    move(work, State.WAITING, why);
  }

  /** The ledger did not do what it was asked; the delivery goes on once it does. */
  public void storageFailed(Work work, Exception why) {
    park(work, ledger.fault(why));
  }

  /** Writes what the ledger's disk did not take before. */
  public void settle() {
    ledger.unwritten().settle();
  }

  private void move(Work work, State state, Failure why) {
    LOG.warn(
        "{} {} for {}: {}: {}",
        work.archive(),
        state,
        String.join(", ", work.targets()),
        why.code(),
        why.sentence());
    ledger.unwritten().move(work, state, Reason.of(why));
  }
}
