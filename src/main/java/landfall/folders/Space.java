package landfall.folders;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The space of the file system that a folder lies on. A reserve of it is left to the ledger:
 * nothing else ever eats it.
 *
 * @param folder that was asked about
 * @param total bytes the file system has; 0 where it does not say
 * @param free bytes that may be written by who we are
 */
public record Space(Path folder, long total, long free) {
  private static final long LARGEST_RESERVE = 256L << 20;
  private static final int RESERVED_PART = 20;

  /**
   * Looks at a folder; where it is not made yet, at the nearest one above it.
   *
   * @throws IOException when the file system cannot be asked
   */
  public static Space of(Path folder) throws IOException {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there =
          Optional.ofNullable(there.getParent())
              .orElseThrow(() -> new IOException(folder + " lies nowhere"));
    }
    FileStore store = Files.getFileStore(there);
    return new Space(folder, store.getTotalSpace(), store.getUsableSpace());
  }

  /** Bytes that stay free: 256 MiB, or the twentieth part of a small file system. */
  public long reserve() {
    return Math.min(LARGEST_RESERVE, total / RESERVED_PART);
  }

  /** Bytes that may be written; without limit where the file system does not say. */
  public long spare() {
    return total == 0 ? Long.MAX_VALUE : Math.max(0, free - reserve());
  }

  /**
   * Makes sure of room before something is written.
   *
   * @param bytes how many will be written
   * @throws landfall.failure.Parked LOCAL_DISK_FULL, or LOCAL_IO where the disk cannot be asked
   */
  public static void require(Path folder, long bytes) {
    try {
      Space space = of(folder);
      if (space.spare() < bytes) {
        throw DiskFault.full(space, bytes);
      }
    } catch (IOException ill) {
      throw DiskFault.of(folder, ill);
    }
  }
}
