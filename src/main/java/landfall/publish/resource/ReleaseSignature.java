package landfall.publish.resource;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.image.Digest;
import landfall.plan.candidate.Destination;

/**
 * A signature of a release image, as it travels (AF§5.4).
 *
 * @param image where the release image goes
 * @param digest what is signed
 * @param base64 of the signature's bytes
 */
public record ReleaseSignature(Destination image, Digest digest, String base64) {
  private static final Pattern NAME = Pattern.compile(".+-sha256-([0-9a-f]{64})");
  private static final int LONGEST = 256 * 1024;

  public ReleaseSignature {
    if (base64.isEmpty() || base64.length() > LONGEST) {
      throw new IllegalArgumentException("it has " + base64.length() + " characters");
    }
    Base64.getDecoder().decode(base64);
  }

  /**
   * From the file that holds it.
   *
   * @param name {@code TAG-sha256-HEX}
   * @throws IllegalArgumentException when it cannot be one
   */
  public static ReleaseSignature of(Destination image, String name, String base64) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException("its name does not end in -sha256- and a digest");
    }
    return new ReleaseSignature(image, new Digest(parts.group(1)), base64);
  }
}
