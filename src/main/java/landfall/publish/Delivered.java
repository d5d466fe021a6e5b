package landfall.publish;

import java.util.List;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.plan.PlannedImage;
import landfall.plan.candidate.ImageType;

/**
 * An image that is in a registry for sure, under the reference its sender knew it by.
 *
 * @param origin the reference as the sender wrote it
 * @param registry {@code host[:port]}
 * @param repository prefix included
 */
public record Delivered(
    ImageType type, String origin, String registry, RepositoryName repository, Tag tag) {

  /** One for every origin the image is known by. */
  public static List<Delivered> of(String registry, PlannedImage image) {
    return image.claims().stream()
        .map(
            claim ->
                new Delivered(
                    claim.type(),
                    claim.origin(),
                    registry,
                    image.destination().repository(),
                    image.destination().tag()))
        .toList();
  }
}
