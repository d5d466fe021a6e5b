package landfall.archive.bytes;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import landfall.failure.Code;
import landfall.failure.Rejected;

/** Unpacks zstd, frame by frame; the library holds at most a window of 128 MiB. */
public final class Unzstd implements Feed, AutoCloseable {
  private static final int PIECE = 1 << 18;
  private static final int MAGIC = 4;

  private final Window in;
  private final String what;
  private final Expansion expansion;
  private final ZstdDecompressCtx frames = new ZstdDecompressCtx();
  private final ByteBuffer packed = ByteBuffer.allocateDirect(PIECE);
  private final ByteBuffer unpacked = ByteBuffer.allocateDirect(PIECE);
  private long out;
  private boolean inside;
  private boolean done;

  public Unzstd(Window in, String what, Expansion expansion) {
    this.in = in;
    this.what = what;
    this.expansion = expansion;
    unpacked.limit(0);
  }

  /** Whether the bytes ahead begin a frame: content, or one to be skipped. */
  public static boolean begins(Window in) {
    if (!in.has(MAGIC)) {
      return false;
    }
    byte[] bytes = in.bytes();
    int at = in.at();
    int low = bytes[at] & 0xff;
    boolean content =
        low == 0x28
            && (bytes[at + 1] & 0xff) == 0xb5
            && bytes[at + 2] == 0x2f
            && (bytes[at + 3] & 0xff) == 0xfd;
    boolean skipped =
        (low & 0xf0) == 0x50
            && bytes[at + 1] == 0x2a
            && bytes[at + 2] == 0x4d
            && bytes[at + 3] == 0x18;
    return content || skipped;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    while (!unpacked.hasRemaining()) {
      if (!inside && !begin()) {
        return -1;
      }
      unpack();
    }
    int count = Math.min(length, unpacked.remaining());
    unpacked.get(into, offset, count);
    return count;
  }

  private boolean begin() {
    if (done || in.some() == 0) {
      return false;
    }
    inside = begins(in);
    if (!inside && !in.onlyZeros()) {
      throw spot()
          .refuse(
              Code.ARCHIVE_TRAILING_DATA,
              "bytes that are no zstd frame",
              "a further frame, zero padding or the end of the file");
    }
    done = !inside;
    return inside;
  }

  private void unpack() {
    int available = Math.min(in.some(), PIECE);
    packed.clear().put(in.bytes(), in.at(), available).flip();
    unpacked.clear();
    boolean frameEnds;
    try {
      frameEnds = frames.decompressDirectByteBufferStream(unpacked, packed);
    } catch (ZstdException damaged) {
      throw refused(damaged);
    }
    in.advance(packed.position());
    unpacked.flip();
    if (available == 0 && unpacked.remaining() == 0 && !frameEnds) {
      throw spot()
          .refuse(Code.ARCHIVE_TRUNCATED, "the end of the file", "the rest of a zstd frame");
    }
    out += unpacked.remaining();
    expansion.at(in.position(), out);
    inside = !frameEnds;
  }

  private Rejected refused(ZstdException damaged) {
    if (damaged.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
      return spot()
          .refuse(
              Code.LIMIT_EXCEEDED,
              "a zstd window of more than 128 MiB",
              "one that fits (written without --long=28 or more)");
    }
    return spot()
        .refuse(
            Code.ARCHIVE_CORRUPT, "damaged data (" + damaged.getMessage() + ")", "a zstd frame");
  }

  private Spot spot() {
    return new Spot(what, in.position());
  }

  @Override
  public void close() {
    frames.close();
  }
}
