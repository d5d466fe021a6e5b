package landfall.registry.auth;

/** A text nobody may read by accident: it prints as {@code ***}. */
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = text;
  }

  /** For the header value it is sent in, and nothing else. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
