package landfall.plan.candidate;

import java.util.Optional;
import java.util.Set;

/**
 * An image the configuration asks for, before it was looked for in the archive.
 *
 * @param platforms instances that were mirrored, as {@code os/architecture}; empty = all
 * @param pinned the digest the sender wrote down, with its algorithm
 * @param needs images of earlier waves without which this one must not be delivered
 */
public record Candidate(
    Claim claim,
    Destination destination,
    Set<String> platforms,
    Optional<String> pinned,
    Set<Destination> needs) {
  public Candidate {
    platforms = Set.copyOf(platforms);
    needs = Set.copyOf(needs);
  }

  /** How sentences call it. */
  public String subject() {
    return "image " + claim.origin() + " (" + claim.source() + ")";
  }
}
