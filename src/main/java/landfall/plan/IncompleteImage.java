package landfall.plan;

import java.util.List;
import java.util.Optional;
import landfall.image.Digest;
import landfall.plan.candidate.Candidate;

/**
 * An image that is asked for and of which the archive does not bring everything.
 *
 * @param digest what its tag points to, if the archive has the tag
 * @param missing what is not there; never empty
 */
public record IncompleteImage(Candidate candidate, Optional<Digest> digest, List<Piece> missing) {
  public IncompleteImage {
    missing = List.copyOf(missing);
  }

  /**
   * One thing that is not there.
   *
   * @param digest empty for a tag
   * @param kind tag, manifest, config or layer
   * @param shippedEarlier whether an earlier archive of the same workspace carried it
   */
  public record Piece(Optional<Digest> digest, String kind, boolean shippedEarlier) {}
}
