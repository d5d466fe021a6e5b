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
    long bytes) {}
