package landfall.registry.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Base64;

/**
 * What a registry knows us by: user and password, or a refresh token.
 *
 * @param file where it was found
 * @param refreshToken whether {@code password} is a token for the token server only
 */
public record Credential(Path file, Secret user, Secret password, boolean refreshToken) {

  /** The value of an Authorization header. */
  public Secret basic() {
    byte[] both = (user.reveal() + ":" + password.reveal()).getBytes(UTF_8);
    return new Secret("Basic " + Base64.getEncoder().encodeToString(both));
  }
}
