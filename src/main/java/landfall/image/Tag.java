package landfall.image;

import java.util.regex.Pattern;

/** A tag, such as {@code v1.2.3} or {@code sha256-9f86d0….sig}. */
public record Tag(String name) implements Comparable<Tag> {
  private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  public Tag {
    if (!GRAMMAR.matcher(name).matches()) {
      throw new IllegalArgumentException("not a tag: " + name);
    }
  }

  /** The tag under which cosign keeps the signature of {@code digest}. */
  public static Tag signatureOf(Digest digest) {
    return new Tag("sha256-" + digest.hex() + ".sig");
  }

  @Override
  public int compareTo(Tag other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
