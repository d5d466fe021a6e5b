package landfall.archive.bytes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import landfall.crash.CrashPoint;
import landfall.folders.Allowance;
import landfall.folders.DiskFault;
import landfall.folders.DurableFile;
import landfall.folders.Space;

/**
 * Keeps what passes in a file, so that it can be read again by offset. Stops before it would eat
 * the disk's reserve.
 */
public final class Spool implements Feed, Closeable {
  private final Feed feed;
  private final Path path;
  private final FileChannel channel;
  private final Allowance allowance;

  private Spool(Feed feed, Path path, FileChannel channel, Allowance allowance) {
    this.feed = feed;
    this.path = path;
    this.channel = channel;
    this.allowance = allowance;
  }

  /**
   * Starts a spool file.
   *
   * @param toCome how many more bytes will come at the least, as far as is known
   */
  public static Spool begin(Feed feed, Path path, LongSupplier toCome) {
    try {
      return new Spool(
          feed,
          path,
          FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
          new Allowance(path, toCome));
    } catch (IOException trouble) {
      throw DiskFault.of(path, trouble);
    }
  }

  /**
   * Removes what an earlier run left at a spool's place.
   *
   * @return bytes that can be written there without eating the disk's reserve
   */
  public static long clear(Path path) {
    try {
      Path folder = DurableFile.folderOf(path);
      Files.createDirectories(folder);
      Files.deleteIfExists(path);
      return Space.of(folder).spare();
    } catch (IOException trouble) {
      throw DiskFault.of(path, trouble);
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
    allowance.take(piece.remaining());
    try {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException trouble) {
      throw allowance.failed(trouble);
    }
  }

  /** Makes the file durable: a remembered index must never outlive the bytes it points to. */
  public void finish() {
    try {
      CrashPoint.pass("spool.full");
      channel.force(true);
      CrashPoint.pass("spool.synced");
    } catch (IOException trouble) {
      throw allowance.failed(trouble);
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
      throw DiskFault.of(path, trouble);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException trouble) {
      throw DiskFault.of(path, trouble);
    }
  }
}
