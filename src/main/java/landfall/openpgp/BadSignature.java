package landfall.openpgp;

import java.util.Optional;

/** A message that no known key vouches for. */
public final class BadSignature extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Optional<KeyId> wanted;

  BadSignature(String why) {
    super(why);
    this.wanted = Optional.empty();
  }

  BadSignature(String why, Throwable cause) {
    super(why, cause);
    this.wanted = Optional.empty();
  }

  BadSignature(String why, KeyId wanted) {
    super(why);
    this.wanted = Optional.of(wanted);
  }

  /** What is wrong, as it follows the name of the message. */
  public String why() {
    return String.valueOf(getMessage());
  }

  /** The key that made the signature, where that is known and the key is not. */
  public Optional<KeyId> wanted() {
    return wanted;
  }
}
