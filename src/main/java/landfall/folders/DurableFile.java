package landfall.folders;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import landfall.crash.CrashPoint;
import landfall.failure.Code;
import landfall.failure.Parked;

/** Writes files that appear under their name whole and on disk, or not at all. */
public final class DurableFile {
  private DurableFile() {}

  /**
   * Writes beside, syncs, renames into place, syncs the folder; makes the folder if absent.
   *
   * @throws Parked LOCAL_DISK_FULL or LOCAL_IO when the disk refuses
   */
  public static void write(Path file, byte[] content) {
    Path folder = folderOf(file);
    Path partial = folder.resolve("." + file.getFileName() + ".part");
    String point = "file." + file.getFileName();
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(partial); // left by a crash
      try (FileChannel channel =
          FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      CrashPoint.pass(point + ".written");
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(folder);
      CrashPoint.pass(point + ".named");
    } catch (IOException failed) {
      partial.toFile().delete();
      throw parked(file, failed);
    }
  }

  /** The folder a file lies in; the root is its own. */
  public static Path folderOf(Path file) {
    Path absolute = file.toAbsolutePath();
    return Optional.ofNullable(absolute.getParent()).orElse(absolute);
  }

  /**
   * Makes what happened in a folder last.
   *
   * @throws IOException when the disk refuses
   */
  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The environment fault behind a failed write. */
  public static Parked parked(Path file, IOException failed) {
    String why = String.valueOf(failed.getMessage());
    String lower = why.toLowerCase(Locale.ROOT);
    boolean full = lower.contains("no space left") || lower.contains("quota exceeded");
    return new Parked(
        full ? Code.LOCAL_DISK_FULL : Code.LOCAL_IO, file + " cannot be written: " + why, failed);
  }
}
