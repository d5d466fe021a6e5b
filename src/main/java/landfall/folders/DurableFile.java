package landfall.folders;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import landfall.crash.CrashPoint;
import landfall.failure.Parked;

/** Writes files that appear under their name whole and on disk, or not at all. */
public final class DurableFile {
  private DurableFile() {}

  /** Writes what a file holds, in pieces that are not small. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes beside, syncs, renames into place, syncs the folder; makes the folder if absent.
   *
   * @throws Parked LOCAL_DISK_FULL before the disk's reserve is touched, or LOCAL_IO
   */
  public static void write(Path file, byte[] content) {
    Space.require(folderOf(file), content.length);
    write(file, out -> out.write(content));
  }

  /**
   * The same for content whose length is not known before.
   *
   * @throws Parked LOCAL_DISK_FULL before the disk's reserve is touched, or LOCAL_IO
   */
  public static void write(Path file, Content content) {
    Path folder = folderOf(file);
    Path partial = folder.resolve("." + file.getFileName() + ".part");
    String point = "file." + file.getFileName();
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(partial); // left by a crash
      writeDown(partial, content);
      CrashPoint.pass(point + ".written");
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(folder);
      CrashPoint.pass(point + ".named");
    } catch (IOException failed) {
      partial.toFile().delete();
      throw DiskFault.of(file, failed);
    } catch (Parked full) {
      partial.toFile().delete();
      throw full;
    }
  }

  private static void writeDown(Path partial, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new Rationed(partial, Channels.newOutputStream(channel))) {
      content.writeTo(out);
      out.flush();
      Force.file(channel, partial);
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

  /** Asks before it writes. */
  private static final class Rationed extends FilterOutputStream {
    private final Allowance allowance;

    Rationed(Path file, OutputStream out) {
      super(out);
      this.allowance = new Allowance(file, () -> 0);
    }

    @Override
    public void write(int one) throws IOException {
      allowance.take(1);
      out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      allowance.take(length);
      out.write(bytes, offset, length);
    }
  }
}
