package landfall.archive.bytes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import landfall.crash.CrashPoint;
import landfall.failure.Code;
import landfall.failure.Parked;

/** Keeps what passes in a file, so that it can be read again by offset. */
public final class Spool implements Feed, Closeable {
  private static final long RESERVE = 16 << 20;

  private final Feed feed;
  private final Path path;
  private final FileChannel channel;

  private Spool(Feed feed, Path path, FileChannel channel) {
    this.feed = feed;
    this.path = path;
    this.channel = channel;
  }

  /** Starts a spool file. */
  public static Spool begin(Feed feed, Path path) {
    try {
      return new Spool(
          feed,
          path,
          FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    } catch (IOException trouble) {
      throw parked(path, trouble);
    }
  }

  /**
   * Removes what an earlier run left at a spool's place.
   *
   * @return bytes that can be written there
   */
  public static long clear(Path path) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.deleteIfExists(path);
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException trouble) {
      throw parked(path, trouble);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int count = feed.read(into, offset, length);
    if (count > 0) {
      write(ByteBuffer.wrap(into, offset, count));
    }
    return count;
  }

  private void write(ByteBuffer piece) {
    try {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException trouble) {
      throw parked(path, trouble);
    }
  }

  /** Makes the file durable: a remembered index must never outlive the bytes it points to. */
  public void finish() {
    try {
      CrashPoint.pass("spool.full");
      channel.force(true);
      CrashPoint.pass("spool.synced");
    } catch (IOException trouble) {
      throw parked(path, trouble);
    }
  }

  /** Gives up: closes the file and removes it. */
  public void discard() {
    close();
    remove(path);
  }

  /** Removes a spool, if there is one. */
  public static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException trouble) {
      throw parked(path, trouble);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException trouble) {
      throw parked(path, trouble);
    }
  }

  /** What trouble with our own disk means: its being full is told from its being ill. */
  public static Parked parked(Path path, IOException trouble) {
    return new Parked(
        full(path, trouble) ? Code.LOCAL_DISK_FULL : Code.LOCAL_IO,
        path + " cannot be written: " + trouble,
        trouble);
  }

  private static boolean full(Path path, IOException trouble) {
    String reason =
        String.valueOf(
                trouble instanceof FileSystemException known
                    ? known.getReason()
                    : trouble.getMessage())
            .toLowerCase(Locale.ROOT);
    return reason.contains("no space left") || reason.contains("quota") || crowded(path);
  }

  /** The system's words may be in any language; an all but full disk is full in each. */
  private static boolean crowded(Path path) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      return Files.getFileStore(Files.exists(path) ? path : folder).getUsableSpace() < RESERVE;
    } catch (IOException unknown) {
      return false;
    }
  }
}
