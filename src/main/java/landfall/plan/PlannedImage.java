package landfall.plan;

import static java.util.Comparator.naturalOrder;

import java.util.List;
import java.util.Set;
import landfall.image.Digest;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.WaveKind;
import landfall.plan.content.Content;

/**
 * One repository:tag of the target, what it will point to and all that this needs.
 *
 * @param claims why it is delivered: usually one; several when different origins of the same
 *     content go to the same place
 * @param needs images of earlier waves without which this one must not be pushed
 */
public record PlannedImage(
    List<Claim> claims,
    Destination destination,
    Digest digest,
    Content content,
    Set<Destination> needs) {
  public PlannedImage {
    claims = List.copyOf(claims);
    needs = Set.copyOf(needs);
    if (claims.isEmpty()) {
      throw new IllegalArgumentException("nobody asked for " + destination);
    }
  }

  public ImageType type() {
    return claims.get(0).type();
  }

  /** The wave it is pushed in: the last of those that its claims ask for. */
  public WaveKind wave() {
    return claims.stream().map(claim -> claim.type().wave()).max(naturalOrder()).orElseThrow();
  }

  /** The reference as the sender wrote it; the first one where there are several. */
  public String origin() {
    return claims.get(0).origin();
  }

  /** Where the archive has it; the first place where there are several. */
  public CacheReference source() {
    return claims.get(0).source();
  }
}
