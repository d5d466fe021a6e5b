package landfall.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import landfall.failure.Parked;

/** Lets a writer of unknown length go on while it leaves its file system's reserve alone. */
public final class Allowance {
  /** Bytes after which others may have filled the disk as well. */
  private static final long STEP = 4 << 20;

  private final Path file;
  private final LongSupplier toCome;
  private long taken;
  private long left;

  /**
   * Begins with a file that has nothing yet.
   *
   * @param toCome how many more bytes will be written at the least, as far as is known
   */
  public Allowance(Path file, LongSupplier toCome) {
    this.file = file.toAbsolutePath();
    this.toCome = toCome;
  }

  /**
   * Asks to write so many bytes more.
   *
   * @throws Parked LOCAL_DISK_FULL when they would eat the reserve
   */
  public void take(int bytes) {
    if (bytes > left) {
      renew(bytes);
    }
    left -= bytes;
    taken += bytes;
  }

  private void renew(int bytes) {
    try {
      Space space = Space.of(DurableFile.folderOf(file));
      if (space.spare() < bytes) {
        throw DiskFault.full(space, needed());
      }
      left = Math.max(bytes, Math.min(STEP, space.spare()));
    } catch (IOException ill) {
      throw DiskFault.of(file, ill, needed());
    }
  }

  /** What a failed write means; the reserve may have been eaten by others. */
  public Parked failed(IOException trouble) {
    return DiskFault.of(file, trouble, needed());
  }

  /** More than there was room for this time, so that the same is not tried in vain again. */
  private long needed() {
    return taken + Math.max(toCome.getAsLong(), DiskFault.SMALL);
  }
}
