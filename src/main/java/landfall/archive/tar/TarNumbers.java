package landfall.archive.tar;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import landfall.archive.bytes.Spot;
import landfall.failure.Code;
import landfall.failure.Rejected;

/** The numbers of a header: octal text, or binary where the first bit says so. */
final class TarNumbers {
  private static final int BINARY = 0x80;

  private final byte[] bytes;
  private final int header;
  private final Spot spot;

  TarNumbers(byte[] bytes, int header, Spot spot) {
    this.bytes = bytes;
    this.header = header;
    this.spot = spot;
  }

  /** A number that is used: neither negative nor beyond a long. */
  long value(String field, int offset, int length) {
    int first = bytes[header + offset] & 0xff;
    if (first < BINARY) {
      return octal(bytes, header + offset, length)
          .orElseThrow(() -> refused(field, offset, length));
    }
    if (first != BINARY) {
      throw refused(field, offset, length);
    }
    long value = 0;
    for (int i = 1; i < length; i++) {
      if (value >> 55 != 0) {
        throw refused(field, offset, length);
      }
      value = value << 8 | (bytes[header + offset + i] & 0xff);
    }
    return value;
  }

  /** A number that nobody uses must be one all the same: other readers trip over it. */
  void shape(String field, int offset, int length) {
    int first = bytes[header + offset] & 0xff;
    boolean number =
        first < BINARY
            ? octal(bytes, header + offset, length).isPresent()
            : fits(first, offset, length);
    if (!number) {
      throw refused(field, offset, length);
    }
  }

  /** Whether a binary number fits into 64 bits: all bytes above these repeat the sign. */
  private boolean fits(int first, int offset, int length) {
    if (first != BINARY && first != 0xff) {
      return false;
    }
    int sign = first == 0xff ? 0xff : 0;
    for (int i = 1; i < length - Long.BYTES; i++) {
      if ((bytes[header + offset + i] & 0xff) != sign) {
        return false;
      }
    }
    int top = bytes[header + offset + Math.max(1, length - Long.BYTES)] & BINARY;
    return top == (sign & BINARY);
  }

  /** Spaces, octal digits, then spaces and NULs; a blank field is zero. */
  static OptionalLong octal(byte[] bytes, int at, int length) {
    int i = at;
    int end = at + length;
    while (i < end && bytes[i] == ' ') {
      i++;
    }
    long value = 0;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '7') {
      value = value << 3 | (bytes[i] - '0');
      i++;
    }
    while (i < end && (bytes[i] == ' ' || bytes[i] == 0)) {
      i++;
    }
    return i == end ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private Rejected refused(String field, int offset, int length) {
    return spot.refuse(
        Code.ARCHIVE_CORRUPT,
        "the "
            + field
            + " "
            + Spot.shown(new String(bytes, header + offset, length, StandardCharsets.ISO_8859_1)),
        "a number that is not negative and fits into 63 bits");
  }
}
