package landfall.plan.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import landfall.openpgp.PublicKeys;

/**
 * Whose word is taken for a release.
 *
 * @param keys that a release may be signed with
 * @param ignoreSignatures whether the release that the configuration names by reference needs no
 *     signature, as with oc-mirror's {@code --ignore-release-signature}
 */
public record ReleaseTrust(PublicKeys keys, boolean ignoreSignatures) {
  /** Red Hat's keys and nobody else's. */
  public static final ReleaseTrust STANDARD = new ReleaseTrust(redHat(), false);

  private static PublicKeys redHat() {
    String name = "/keys/redhat-release.asc";
    try (InputStream keys =
        Objects.requireNonNull(ReleaseTrust.class.getResourceAsStream(name), name)) {
      return PublicKeys.parse(keys.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
