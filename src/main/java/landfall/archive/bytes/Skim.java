package landfall.archive.bytes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import landfall.failure.Code;
import landfall.failure.Parked;

/** A carried file of which only the wanted pieces are read, and nothing is hashed. */
public final class Skim implements Feed, Closeable {
  private final Path path;
  private final long size;
  private final FileChannel channel;
  private long next;

  private Skim(Path path, long size, FileChannel channel) {
    this.path = path;
    this.size = size;
    this.channel = channel;
  }

  /**
   * Opens a file; a symbolic link is not followed.
   *
   * @param size how many bytes it is said to have; more are never read
   * @throws Parked LOCAL_IO, MEDIA_UNREADABLE
   */
  public static Skim open(Path path, long size) {
    return new Skim(path, size, Medium.carried(path));
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int most = (int) Math.min(length, size - next);
    if (most == 0) {
      return -1;
    }
    try {
      int count = channel.read(ByteBuffer.wrap(into, offset, most), next);
      next += Math.max(0, count);
      return count;
    } catch (IOException broken) {
      throw new Parked(
          Code.MEDIA_UNREADABLE, path + " cannot be read at byte " + next + ": " + broken, broken);
    }
  }

  @Override
  public long skip(long count) {
    long step = Math.min(count, size - next);
    next += step;
    return step;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException broken) {
      throw new Parked(Code.MEDIA_UNREADABLE, path + " cannot be closed", broken);
    }
  }
}
