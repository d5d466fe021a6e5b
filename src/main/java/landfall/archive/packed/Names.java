package landfall.archive.packed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import landfall.archive.bytes.Spot;
import landfall.failure.Code;

/** Many short texts in few arrays: a million of them cost little more than their bytes. */
public final class Names {
  // Small enough to lie beside other objects: the collector gives larger arrays whole regions.
  private static final int PAGE = 1 << 18;
  private static final int LENGTH = 2;

  private final long most;
  private final List<byte[]> pages = new ArrayList<>();
  private int free = PAGE;
  private long used;

  public Names(long most) {
    this.most = most;
  }

  /**
   * Keeps a text of at most 65 535 bytes.
   *
   * @return by what {@link #text} finds it
   */
  public long add(String text, Spot spot) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    used += bytes.length + LENGTH;
    if (used > most) {
      throw spot.refuse(Code.LIMIT_EXCEEDED, used + " bytes of names", "at most " + most);
    }
    return add(bytes);
  }

  private long add(byte[] bytes) {
    if (PAGE - free < bytes.length + LENGTH) {
      pages.add(new byte[PAGE]);
      free = 0;
    }
    byte[] page = pages.get(pages.size() - 1);
    int at = free;
    page[at] = (byte) (bytes.length >> 8);
    page[at + 1] = (byte) bytes.length;
    System.arraycopy(bytes, 0, page, at + LENGTH, bytes.length);
    free += bytes.length + LENGTH;
    return (long) (pages.size() - 1) * PAGE + at;
  }

  public String text(long key) {
    return new String(page(key), start(key), length(key), StandardCharsets.UTF_8);
  }

  /** Orders by bytes, which for UTF-8 is the order of characters. */
  public int compare(long one, long other) {
    return Arrays.compareUnsigned(
        page(one),
        start(one),
        start(one) + length(one),
        page(other),
        start(other),
        start(other) + length(other));
  }

  private byte[] page(long key) {
    return pages.get((int) (key / PAGE));
  }

  private static int start(long key) {
    return (int) (key % PAGE) + LENGTH;
  }

  private int length(long key) {
    byte[] page = page(key);
    int at = (int) (key % PAGE);
    return (page[at] & 0xff) << 8 | (page[at + 1] & 0xff);
  }
}
