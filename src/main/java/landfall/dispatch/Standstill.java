package landfall.dispatch;

import java.util.Optional;
import landfall.failure.Code;
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

  /**
   * The ledger could not be written. Tries to park the work; where even that fails, it stays marked
   * running and is taken up again at the next start.
   */
  public void storageFailed(Work work, Exception why) {
    LOG.error("{}: the ledger cannot be written: {}", work.archive(), why.toString());
    park(work, new Parked(Code.LOCAL_IO, "the ledger cannot be written: " + why.getMessage(), why));
  }

  private void move(Work work, State state, Failure why) {
    LOG.warn(
        "{} {} for {}: {}: {}",
        work.archive(),
        state,
        String.join(", ", work.targets()),
        why.code(),
        why.sentence());
    ledger.deliveries().move(work.archive(), work.targets(), state, Optional.of(Reason.of(why)));
  }
}
