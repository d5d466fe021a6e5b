package landfall.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import landfall.archive.Collector.Passing;
import landfall.archive.bytes.Spot;
import landfall.archive.bytes.Window;
import landfall.archive.tar.EntryName;
import landfall.folders.DiskFault;
import landfall.folders.DurableFile;
import landfall.folders.Space;

/**
 * Keeps, of what is unpacked, only what may have to be read: files found by name, and blobs that
 * may be manifests. Each lies at its own offset in a file that is otherwise holes.
 */
final class Sieve implements Passing, Closeable {
  /** No manifest is larger. */
  private static final int MANIFEST = 4 << 20;

  /** Smaller blobs are kept whatever they are. */
  private static final int SMALL = 1 << 16;

  private static final long DISK_RESERVE_CHECK = 16 << 20;

  private final Path path;
  private final FileChannel channel;
  private long unchecked;

  private Sieve(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static Sieve begin(Path path) {
    try {
      Files.createDirectories(DurableFile.folderOf(path));
      return new Sieve(
          path,
          FileChannel.open(
              path,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.SPARSE));
    } catch (IOException trouble) {
      throw DiskFault.of(path, trouble);
    }
  }

  @Override
  public void blob(String hex, long size, Window window, Spot spot) {
    if (size <= SMALL || (size <= MANIFEST && window.some() > 0 && mayBeJson(window))) {
      keep(size, window);
    }
  }

  private static boolean mayBeJson(Window window) {
    int first = window.bytes()[window.at()] & 0xff;
    return first == '{' || first <= ' ' || first == 0xef;
  }

  /** Layouts repeat what the registry's tree holds; their blobs are not looked for. */
  @Override
  public void named(EntryName name, long size, Window window) {
    if (size <= MANIFEST || !name.path().contains("/blobs/sha256/")) {
      keep(size, window);
    }
  }

  private void keep(long size, Window window) {
    long left = size;
    while (left > 0) {
      int count = (int) Math.min(left, window.some());
      if (count == 0) {
        return;
      }
      write(ByteBuffer.wrap(window.bytes(), window.at(), count), window.position());
      window.advance(count);
      left -= count;
    }
  }

  private void write(ByteBuffer piece, long at) {
    unchecked += piece.remaining();
    if (unchecked > DISK_RESERVE_CHECK) {
      Space.require(DurableFile.folderOf(path), DISK_RESERVE_CHECK);
      unchecked = 0;
    }
    long next = at;
    try {
      while (piece.hasRemaining()) {
        next += channel.write(piece, next);
      }
    } catch (IOException trouble) {
      throw DiskFault.of(path, trouble);
    }
  }

  /** What was kept, as a file to read from. */
  ArchiveFile finish() {
    try {
      channel.close();
      return ArchiveFile.of(path);
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
