package landfall.archive.tar;

import java.nio.charset.StandardCharsets;
import landfall.archive.bytes.Spot;
import landfall.failure.Code;

/**
 * One 512-byte header, its numbers and checksum proven.
 *
 * @param type the type flag
 * @param name the bytes of the name, prefix included, each as one Latin-1 character
 * @param size bytes of content as the header has it
 */
record TarHeader(char type, String name, long size) {
  static final int BLOCK = 512;

  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SUM_AT = 148;
  private static final int SUM_END = 156;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX_END = 500;
  private static final String POSIX = "ustar\0";
  private static final String GNU = "ustar  \0";

  static TarHeader parse(byte[] bytes, int at, Spot spot) {
    checkSum(bytes, at, spot);
    TarNumbers numbers = new TarNumbers(bytes, at, spot);
    numbers.shape("mode", 100, 8);
    numbers.shape("uid", 108, 8);
    numbers.shape("gid", 116, 8);
    numbers.shape("mtime", 136, 12);
    long size = numbers.value("size", SIZE_AT, 12);
    String name = text(bytes, at, NAME, spot);
    String magic = new String(bytes, at + MAGIC_AT, 8, StandardCharsets.ISO_8859_1);
    if (magic.startsWith(POSIX)) {
      name = posix(bytes, at, numbers, name, spot);
    } else if (!magic.equals(GNU) && !magic.equals("\0".repeat(8))) {
      throw spot.refuse(
          Code.ARCHIVE_CORRUPT, "the format " + Spot.shown(magic), "a POSIX, GNU or old header");
    }
    return new TarHeader((char) (bytes[at + TYPE_AT] & 0xff), name, size);
  }

  private static String posix(byte[] bytes, int at, TarNumbers numbers, String name, Spot spot) {
    numbers.shape("devmajor", 329, 8);
    numbers.shape("devminor", 337, 8);
    for (int i = PREFIX_END; i < BLOCK; i++) {
      if (bytes[at + i] != 0) {
        throw spot.refuse(Code.ARCHIVE_CORRUPT, "bytes in the padding of a header", "zeros there");
      }
    }
    String prefix = text(bytes, at + PREFIX_AT, PREFIX_END - PREFIX_AT, spot);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** A field up to its NUL; what stands behind a NUL is an attempt to be read as two names. */
  private static String text(byte[] bytes, int at, int length, Spot spot) {
    int end = 0;
    while (end < length && bytes[at + end] != 0) {
      end++;
    }
    for (int i = end; i < length; i++) {
      if (bytes[at + i] != 0) {
        throw spot.refuse(
            Code.UNSAFE_ENTRY,
            "a NUL inside the name "
                + Spot.shown(new String(bytes, at, length, StandardCharsets.ISO_8859_1)),
            "a name without NUL");
      }
    }
    return new String(bytes, at, end, StandardCharsets.ISO_8859_1);
  }

  /** Whether a header's checksum is right, without any further look. */
  static boolean sound(byte[] bytes, int at) {
    return sum(bytes, at) == promised(bytes, at);
  }

  static boolean zero(byte[] bytes, int at) {
    for (int i = 0; i < BLOCK; i++) {
      if (bytes[at + i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static void checkSum(byte[] bytes, int at, Spot spot) {
    if (!sound(bytes, at)) {
      throw spot.refuse(
          Code.ARCHIVE_CORRUPT,
          "a header with checksum " + sum(bytes, at),
          "the checksum it states, "
              + Spot.shown(new String(bytes, at + SUM_AT, 8, StandardCharsets.ISO_8859_1)));
    }
  }

  private static long promised(byte[] bytes, int at) {
    return TarNumbers.octal(bytes, at + SUM_AT, SUM_END - SUM_AT).orElse(-1);
  }

  private static int sum(byte[] bytes, int at) {
    int sum = (SUM_END - SUM_AT) * ' ';
    for (int i = 0; i < SUM_AT; i++) {
      sum += bytes[at + i] & 0xff;
    }
    for (int i = SUM_END; i < BLOCK; i++) {
      sum += bytes[at + i] & 0xff;
    }
    return sum;
  }
}
