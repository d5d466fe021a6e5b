package landfall.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One archive on its way to one target.
 *
 * @param registry {@code host[:port][/prefix]}
 * @param since when it came into this state, or met the fault it still has
 * @param images planned images
 * @param bytes planned bytes of blobs
 */
public record DeliveryRow(
    String archive,
    String target,
    String registry,
    State state,
    Step step,
    Optional<Reason> reason,
    Instant since,
    long images,
    long bytes) {

  /** Why it does not go on; a reason it has got past for now is none. */
  public Optional<Reason> standstill() {
    boolean moving = state == State.RUNNING || state == State.RUNNABLE;
    return moving ? Optional.empty() : reason;
  }
}
