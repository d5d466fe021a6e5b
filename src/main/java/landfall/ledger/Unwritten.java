package landfall.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves deliveries even while the ledger's disk is full or ill: what it does not take is kept here
 * and written once it does. Without that a delivery would count as running with nobody at work.
 */
public final class Unwritten {
  private static final Logger LOG = LoggerFactory.getLogger(Unwritten.class);

  private final Deliveries deliveries;
  private final Map<Delivery, Move> moves = new ConcurrentHashMap<>();

  Unwritten(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** Moves an archive's deliveries, now or as soon as the ledger takes it. */
  public void move(Work work, State state, Reason reason) {
    Move move = new Move(state, reason);
    for (String target : work.targets()) {
      Delivery delivery = new Delivery(work.archive(), target);
      moves.put(delivery, move);
      write(delivery, move)
          .ifPresent(
              failed ->
                  LOG.error(
                      "the ledger cannot be written, {} is kept in memory until it can: {}",
                      delivery,
                      failed.toString()));
    }
  }

  /** Tries to write what is kept. */
  public void settle() {
    for (Map.Entry<Delivery, Move> entry : Map.copyOf(moves).entrySet()) {
      if (write(entry.getKey(), entry.getValue()).isPresent()) {
        return;
      }
      LOG.info("the ledger can be written again, {} is in it", entry.getKey());
    }
  }

  /** What the ledger does not know yet of a delivery. */
  public Optional<Reason> reason(String archive, String target) {
    return Optional.ofNullable(moves.get(new Delivery(archive, target))).map(Move::reason);
  }

  private Optional<RuntimeException> write(Delivery delivery, Move move) {
    try {
      deliveries.move(
          delivery.archive(), List.of(delivery.target()), move.state(), Optional.of(move.reason()));
      moves.remove(delivery, move);
      return Optional.empty();
    } catch (RuntimeException failed) {
      return Optional.of(failed);
    }
  }

  private record Delivery(String archive, String target) {
    @Override
    public String toString() {
      return archive + " to " + target;
    }
  }

  private record Move(State state, Reason reason) {}
}
