package landfall.image;

import java.util.Arrays;

/**
 * A manifest or index exactly as its bytes are, with the media type it is sent under.
 *
 * <p>Digests are of bytes: nothing in Landfall ever writes a manifest again from a parsed form.
 */
public final class RawManifest {
  private final String mediaType;
  private final byte[] bytes;
  private final Digest digest;

  public RawManifest(String mediaType, byte[] bytes) {
    this.mediaType = mediaType;
    this.bytes = bytes.clone();
    this.digest = Digest.of(bytes);
  }

  public String mediaType() {
    return mediaType;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  public Digest digest() {
    return digest;
  }

  /** Whether this is another manifest cut short, and nothing else than that. */
  public boolean begins(RawManifest other) {
    return bytes.length < other.bytes.length && Arrays.mismatch(bytes, other.bytes) == bytes.length;
  }

  @Override
  public String toString() {
    return mediaType + " " + digest;
  }
}
