package landfall.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import landfall.ledger.DeliveryRow;
import landfall.ledger.State;

/**
 * Tells who wonders why nothing moves that a registry asked for it.
 *
 * @param quietUntil until when a target asked to be left alone, by its name
 */
public record Pauses(Function<String, Optional<Instant>> quietUntil) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /** Such as {@code the registry asked to be left alone until 12:30:00Z}, while it is. */
  public Optional<String> of(DeliveryRow delivery) {
    return Optional.of(delivery)
        .filter(row -> row.state() == State.RUNNING)
        .flatMap(row -> quietUntil.apply(row.target()))
        .map(until -> "the registry asked to be left alone until " + TIME.format(until));
  }
}
