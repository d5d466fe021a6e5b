package landfall.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import landfall.failure.Code;
import landfall.failure.Parked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stretch of a file as a stream; its end must be reached. Where the medium fails, the file is
 * opened again, three times at one place.
 */
final class ExtentStream extends InputStream {
  private static final Logger LOG = LoggerFactory.getLogger(ExtentStream.class);
  private static final int PIECE = 1 << 18;
  private static final int REOPENED = 3;

  private final Path path;
  private final long end;
  private FileChannel channel;
  private long next;

  private ExtentStream(Path path, long from, long end) throws IOException {
    this.path = path;
    this.next = from;
    this.end = end;
    this.channel = open(path);
  }

  /**
   * Opens a stretch.
   *
   * @throws Parked MEDIA_UNREADABLE
   */
  static ExtentStream of(Path path, long from, long end) {
    try {
      return new ExtentStream(path, from, end);
    } catch (IOException gone) {
      throw unreadable(path, from, gone);
    }
  }

  static Parked unreadable(Path path, long offset, IOException broken) {
    return new Parked(
        Code.MEDIA_UNREADABLE,
        path + " cannot be read at byte " + offset + ": " + broken,
        List.of("file: " + path, "byte: " + offset),
        broken);
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
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
    int count = next(ByteBuffer.wrap(into, offset, most));
    if (count < 0) {
      throw new EOFException("the archive ends at byte " + next + ", expected " + end);
    }
    next += count;
    return count;
  }

  private int next(ByteBuffer into) throws ClosedChannelException {
    for (int tries = 1; ; tries++) {
      try {
        return channel.read(into, next);
      } catch (ClosedChannelException stopped) {
        throw stopped;
      } catch (IOException broken) {
        if (tries > REOPENED) {
          throw unreadable(path, next, broken);
        }
        LOG.warn("{} is opened again at byte {}: {}", path, next, broken.toString());
        reopen();
      }
    }
  }

  private void reopen() {
    try {
      channel.close();
      channel = open(path);
    } catch (IOException gone) {
      throw unreadable(path, next, gone);
    }
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
