package landfall.dispatch;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private final Queue<Stray> strays = new ConcurrentLinkedQueue<>();

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

  /** The ledger could not be written: what was to be written is kept for {@link #settle}. */
  public void storageFailed(Work work, Exception why) {
    park(work, new Parked(Code.LOCAL_IO, "the ledger cannot be written: " + why.getMessage(), why));
  }

  /** Writes what the ledger's disk did not take before. */
  public void settle() {
    for (Stray stray : List.copyOf(strays)) {
      strays.remove(stray);
      move(stray.work(), stray.state(), stray.why());
    }
  }

  private void move(Work work, State state, Failure why) {
    LOG.warn(
        "{} {} for {}: {}: {}",
        work.archive(),
        state,
        String.join(", ", work.targets()),
        why.code(),
        why.sentence());
    try {
      ledger.deliveries().move(work.archive(), work.targets(), state, Optional.of(Reason.of(why)));
    } catch (RuntimeException unwritten) {
      LOG.error("{}: the ledger cannot be written: {}", work.archive(), unwritten.toString());
      strays.add(new Stray(work, state, why));
    }
  }

  /** A change of state that is not written yet. */
  private record Stray(Work work, State state, Failure why) {}
}
