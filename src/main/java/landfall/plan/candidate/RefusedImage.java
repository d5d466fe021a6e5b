package landfall.plan.candidate;

import java.util.Optional;
import landfall.failure.Code;
import landfall.image.Digest;

/**
 * An image of the archive that is not delivered while its siblings are.
 *
 * @param destination where it would have gone, if it has a proper name there
 * @param digest what it is, if that is known
 */
public record RefusedImage(
    ImageType type,
    String origin,
    Optional<Destination> destination,
    Optional<Digest> digest,
    Code code,
    String sentence) {}
