package landfall.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import landfall.failure.Code;
import landfall.failure.Parked;

/**
 * Brings to the disk what was written to a file. After a failure the system may have dropped what
 * it held without a word: the same file is never forced again, and a program that meets it twice is
 * to stop and to begin from what the disk really has.
 */
public final class Force {
  private static final int TOO_OFTEN = 2;
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static volatile Consumer<Parked> told = nobody -> {};

  private Force() {}

  /** Tells when a disk has failed too often to be worked on any longer. */
  public static void onDistrust(Consumer<Parked> whom) {
    told = whom;
  }

  /**
   * Forces content and stats.
   *
   * @throws IOException when the disk refuses; the file must be given up
   */
  public static void file(FileChannel channel, Path file) throws IOException {
    try {
      channel.force(true);
    } catch (IOException failed) {
      Parked fault = DiskFault.of(file, failed);
      if (fault.code() == Code.LOCAL_IO && FAILURES.incrementAndGet() >= TOO_OFTEN) {
        told.accept(fault);
      }
      throw failed;
    }
  }
}
