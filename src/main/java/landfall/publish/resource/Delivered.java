package landfall.publish.resource;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import landfall.image.Digest;
import landfall.ledger.ImageRow;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;

/**
 * An image that is in a registry for sure, under the reference its sender knew it by.
 *
 * @param origin the reference as the sender wrote it
 * @param registry {@code host[:port]}
 * @param destination prefix included
 * @param digest what the destination pointed to when it was read back
 */
public record Delivered(
    ImageType type,
    String origin,
    String registry,
    Destination destination,
    Optional<Digest> digest) {

  /** One for every origin the image is known by. */
  public static List<Delivered> of(ImageRow image, String registry) {
    Destination destination = Destination.parse(image.destination());
    return image.origins().stream()
        .map(
            origin ->
                new Delivered(
                    ImageType.valueOf(origin.type().toUpperCase(Locale.ROOT)),
                    origin.reference(),
                    registry,
                    destination,
                    image.digest()))
        .toList();
  }

  /** {@code host[:port]/repository}. */
  public String name() {
    return registry + "/" + destination.repository();
  }

  /** {@code host[:port]/repository:tag}. */
  public String reference() {
    return registry + "/" + destination;
  }
}
