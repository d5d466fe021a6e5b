package landfall.image;

/** What a manifest says of one thing it refers to: media type, digest and size in bytes. */
public record Descriptor(String mediaType, Digest digest, long size) {
  public Descriptor {
    if (size < 0) {
      throw new IllegalArgumentException("negative size of " + digest + ": " + size);
    }
  }
}
