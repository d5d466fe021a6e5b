package landfall.archive.bytes;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import landfall.failure.Code;

/**
 * Unpacks gzip, member by member, and believes nothing: the JDK's own stream takes a damaged second
 * member for the end of the file.
 */
public final class Gunzip implements Feed, AutoCloseable {
  private static final int TRAILER = 8;

  private final Window in;
  private final String what;
  private final Expansion expansion;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private long memberOut;
  private long out;
  private boolean inside;
  private boolean done;

  public Gunzip(Window in, String what, Expansion expansion) {
    this.in = in;
    this.what = what;
    this.expansion = expansion;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    while (!done) {
      if (!inside) {
        begin();
      } else {
        int count = inflate(into, offset, length);
        if (inflater.finished()) {
          finish();
        }
        if (count > 0) {
          return count;
        }
      }
    }
    return -1;
  }

  private void begin() {
    boolean further = in.position() > 0;
    if (further && (in.some() == 0 || padding())) {
      done = true;
      return;
    }
    new GzipHeader(in, what).pass();
    inflater.reset();
    crc.reset();
    memberOut = 0;
    inside = true;
  }

  /** Zeros after a member fill a tape block; anything else must be a member. */
  private boolean padding() {
    if (in.bytes()[in.at()] != 0) {
      return false;
    }
    if (!in.onlyZeros()) {
      throw spot()
          .refuse(
              Code.ARCHIVE_TRAILING_DATA, "bytes after the zero padding", "the end of the file");
    }
    return true;
  }

  private int inflate(byte[] into, int offset, int length) {
    int available = in.some();
    inflater.setInput(in.bytes(), in.at(), available);
    int count;
    try {
      count = inflater.inflate(into, offset, length);
    } catch (DataFormatException damaged) {
      throw spot()
          .refuse(
              Code.ARCHIVE_CORRUPT,
              "no deflate data (" + damaged.getMessage() + ")",
              "deflate data");
    }
    in.advance(available - inflater.getRemaining());
    if (count == 0 && !inflater.finished()) {
      stuck(available);
    }
    crc.update(into, offset, count);
    memberOut += count;
    out += count;
    expansion.at(in.position(), out);
    return count;
  }

  private void stuck(int available) {
    if (inflater.needsDictionary()) {
      throw spot().refuse(Code.ARCHIVE_CORRUPT, "a preset dictionary", "plain deflate data");
    }
    if (available == 0) {
      throw spot()
          .refuse(Code.ARCHIVE_TRUNCATED, "the end of the file", "the rest of the compressed data");
    }
  }

  private void finish() {
    if (!in.has(TRAILER)) {
      throw spot()
          .refuse(Code.ARCHIVE_TRUNCATED, "the end of the file", "a member's CRC and length");
    }
    check("CRC32", little(0), crc.getValue());
    check("length", little(4), memberOut & 0xffffffffL);
    in.advance(TRAILER);
    inside = false;
  }

  private void check(String of, long promised, long actual) {
    if (promised != actual) {
      throw spot()
          .refuse(
              Code.ARCHIVE_CORRUPT,
              String.format("content with %s %08x", of, actual),
              String.format("%s %08x, as its gzip member promises", of, promised));
    }
  }

  private long little(int from) {
    long value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << 8 | (in.bytes()[in.at() + from + i] & 0xff);
    }
    return value;
  }

  private Spot spot() {
    return new Spot(what, in.position());
  }

  @Override
  public void close() {
    inflater.end();
  }
}
