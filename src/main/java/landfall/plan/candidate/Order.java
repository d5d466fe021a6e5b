package landfall.plan.candidate;

import landfall.open.Opened;
import landfall.plan.configuration.ImageSetConfiguration;

/**
 * What was asked for, of which archive and for which target: all that a kind of content needs to
 * name its images.
 *
 * @param blocked images the sender wanted left out, whatever asks for them
 */
public record Order(
    Opened opened, ImageSetConfiguration configuration, Names names, BlockedImages blocked) {
  /** Takes the blocked images from the configuration. */
  public static Order of(Opened opened, ImageSetConfiguration configuration, Names names) {
    return new Order(
        opened,
        configuration,
        names,
        BlockedImages.of(configuration.name(), configuration.blockedImages()));
  }
}
