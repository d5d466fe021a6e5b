package landfall.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to write below a data folder; one process has it at a time.
 *
 * <p>The kernel's lock counts, not the file: it ends with the process, however that ended.
 */
public final class DataLock implements AutoCloseable {
  /** Who only looks whether it is taken has it for less than this many nanoseconds. */
  private static final long GLANCE = 20_000_000;

  private static final int LOOKS = 5;

  private final FileChannel channel;
  private final FileLock lock;

  private DataLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock below {@code state}; empty when another process has it.
   *
   * @throws IOException when the folder or the lock file cannot be made
   */
  public static Optional<DataLock> take(Path state) throws IOException {
    Files.createDirectories(state);
    FileChannel channel =
        FileChannel.open(
            state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Optional<FileLock> lock = lock(channel);
    for (int look = 0; look < LOOKS && lock.isEmpty(); look++) {
      LockSupport.parkNanos(GLANCE);
      lock = lock(channel);
    }
    if (lock.isEmpty()) {
      channel.close();
    }
    return lock.map(held -> new DataLock(channel, held));
  }

  /** Whether a process works below {@code state} now. */
  public static boolean isTaken(Path state) throws IOException {
    Optional<DataLock> lock = take(state);
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException heldHere) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
