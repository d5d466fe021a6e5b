package landfall.plan.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import landfall.openpgp.PublicKeys;

/**
 * Whose word is taken for a release.
 *
 * @param keys that a release may be signed with; read when there is a signature to be verified, for
 *     most archives have none
 * @param ignoreSignatures whether the release that the configuration names by reference needs no
 *     signature, as with oc-mirror's {@code --ignore-release-signature}
 */
public record ReleaseTrust(Supplier<PublicKeys> keys, boolean ignoreSignatures) {
  /** Red Hat's keys and nobody else's. */
  public static final ReleaseTrust STANDARD = new ReleaseTrust(() -> RedHat.KEYS, false);

  /** Parsed once, when first asked for. */
  private static final class RedHat {
    static final PublicKeys KEYS = parsed("/keys/redhat-release.asc");

    private static PublicKeys parsed(String name) {
      try (InputStream keys =
          Objects.requireNonNull(ReleaseTrust.class.getResourceAsStream(name), name)) {
        return PublicKeys.parse(keys.readAllBytes());
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
