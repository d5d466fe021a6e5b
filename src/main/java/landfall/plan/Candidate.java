package landfall.plan;

import java.util.Optional;
import java.util.Set;

/**
 * An image the configuration asks for, before it was looked for in the archive.
 *
 * @param platforms instances that were mirrored, as {@code os/architecture}; empty = all
 * @param pinned the digest the sender wrote down, with its algorithm
 */
record Candidate(
    Claim claim, Destination destination, Set<String> platforms, Optional<String> pinned) {
  Candidate {
    platforms = Set.copyOf(platforms);
  }

  /** How sentences call it. */
  String subject() {
    return "image " + claim.origin() + " (" + claim.source() + ")";
  }
}
