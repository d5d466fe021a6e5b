package landfall.ledger;

import java.time.Instant;

/** Something that happened to an archive or a delivery, and who did it. */
public record Event(
    long sequence,
    Instant at,
    String archive,
    String target,
    String who,
    String what,
    String detail) {}
