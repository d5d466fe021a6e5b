package landfall.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A stretch of a file as a stream; its end must be reached. */
final class ExtentStream extends InputStream {
  private static final int PIECE = 1 << 18;

  private final FileChannel channel;
  private final long end;
  private long next;

  ExtentStream(FileChannel channel, long from, long end) {
    this.channel = channel;
    this.next = from;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int most = (int) Math.min(length, end - next);
    if (most == 0) {
      return -1;
    }
    int count = channel.read(ByteBuffer.wrap(into, offset, most), next);
    if (count < 0) {
      throw new EOFException("the archive ends at byte " + next + ", expected " + end);
    }
    next += count;
    return count;
  }

  @Override
  public long skip(long count) {
    long step = Math.max(0, Math.min(count, end - next));
    next += step;
    return step;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - next);
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, end - next))];
    long moved = 0;
    int count = read(piece, 0, piece.length);
    while (count > 0) {
      out.write(piece, 0, count);
      moved += count;
      count = read(piece, 0, piece.length);
    }
    return moved;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
