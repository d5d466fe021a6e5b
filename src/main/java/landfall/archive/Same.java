package landfall.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import landfall.failure.Code;
import landfall.failure.Parked;

/** Compares stored content, of any size, byte for byte. */
final class Same {
  private static final int PIECE = 1 << 18;

  private Same() {}

  static boolean bytes(StoredFiles files, Extent one, Extent other) {
    if (one.length() != other.length()) {
      return false;
    }
    try (InputStream first = files.stream(one, 0);
        InputStream second = files.stream(other, 0)) {
      return same(first, second, one.length());
    } catch (IOException broken) {
      throw new Parked(
          Code.MEDIA_UNREADABLE, "two entries of one name cannot be compared: " + broken, broken);
    }
  }

  private static boolean same(InputStream first, InputStream second, long length)
      throws IOException {
    int piece = (int) Math.min(PIECE, length);
    byte[] a = new byte[piece];
    byte[] b = new byte[piece];
    for (long left = length; left > 0; left -= piece) {
      int count = (int) Math.min(piece, left);
      if (first.readNBytes(a, 0, count) != count
          || second.readNBytes(b, 0, count) != count
          || !Arrays.equals(a, 0, count, b, 0, count)) {
        return false;
      }
    }
    return true;
  }
}
