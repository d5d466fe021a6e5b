package landfall.image;

import com.google.cloud.tools.jib.api.ImageReference;

/** A tag, such as {@code v1.2.3} or {@code sha256-9f86d0….sig}. */
public record Tag(String name) implements Comparable<Tag> {
  public Tag {
    if (!ImageReference.isValidTag(name)) {
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
