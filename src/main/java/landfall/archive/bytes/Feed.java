package landfall.archive.bytes;

/** Bytes that come one after the other, each once. */
public interface Feed {
  /**
   * Puts up to {@code length} bytes into {@code into}.
   *
   * @return how many, at least one; or -1 at the end
   */
  int read(byte[] into, int offset, int length);

  /**
   * Steps over bytes unread, where the feed can.
   *
   * @return how many; none where they must be read
   */
  default long skip(long count) {
    return 0;
  }
}
