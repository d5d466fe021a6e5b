package landfall.archive.bytes;

import java.util.zip.CRC32;
import landfall.failure.Code;

/** The header of one gzip member (RFC 1952), checked and stepped over. */
final class GzipHeader {
  private static final int LONGEST = 1 << 16;
  private static final int DEFLATE = 8;
  private static final int HAS_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final Window in;
  private final String what;
  private final CRC32 crc = new CRC32();
  private final long start;

  GzipHeader(Window in, String what) {
    this.in = in;
    this.what = what;
    this.start = in.position();
  }

  void pass() {
    magic();
    expect(take() == DEFLATE, "another compression than deflate");
    int flags = take();
    expect((flags & RESERVED) == 0, "reserved flags");
    skip(6);
    if ((flags & HAS_EXTRA) != 0) {
      skip(take() | take() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      text();
    }
    if ((flags & HAS_COMMENT) != 0) {
      text();
    }
    if ((flags & HAS_CRC) != 0) {
      long actual = crc.getValue() & 0xffff;
      expect((take() | take() << 8) == actual, "a wrong header checksum");
    }
  }

  private void magic() {
    if (take() != 0x1f || take() != 0x8b) {
      throw new Spot(what, start)
          .refuse(
              Code.ARCHIVE_TRAILING_DATA,
              "bytes that are no gzip member",
              "a further member, zero padding or the end of the file");
    }
  }

  private void text() {
    int read;
    do {
      read = take();
    } while (read != 0);
  }

  private void skip(int count) {
    for (int i = 0; i < count; i++) {
      take();
    }
  }

  private int take() {
    if (in.some() == 0) {
      throw new Spot(what, in.position())
          .refuse(Code.ARCHIVE_TRUNCATED, "the end of the file", "the rest of a gzip header");
    }
    expect(in.position() - start < LONGEST, "a header of more than 64 KiB");
    int value = in.bytes()[in.at()] & 0xff;
    crc.update(value);
    in.advance(1);
    return value;
  }

  private void expect(boolean right, String found) {
    if (!right) {
      throw new Spot(what, start).refuse(Code.ARCHIVE_CORRUPT, found, "a gzip header (RFC 1952)");
    }
  }
}
