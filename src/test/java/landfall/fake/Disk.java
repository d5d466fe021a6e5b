package landfall.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A small file system of its own, mounted at a folder; whoever may not mount skips the test. */
public final class Disk implements AutoCloseable {
  private final Path at;
  private final List<String> mount;

  private Disk(Path at, List<String> mount) throws IOException {
    this.at = Files.createDirectories(at);
    this.mount = mount;
    Assumptions.assumeTrue(
        run(mount) == 0, "SKIPPED, SO NOT PROVEN: run as root on Linux to mount a small disk");
  }

  /** In memory, of so many MiB. */
  public static Disk memory(Path at, int size) throws IOException {
    return new Disk(at, List.of("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "t", "" + at));
  }

  /** An ext4 file system in an image file: a medium that can be pulled and plugged in again. */
  public static Disk medium(Path image, Path at, int size) throws IOException {
    Path folder = Files.createDirectories(image.toAbsolutePath().getParent());
    Program.run(folder, "fallocate", "-l", size + "M", image.toString());
    Program.run(folder, "mkfs.ext4", "-q", "-F", image.toString());
    return new Disk(at, List.of("mount", "-o", "loop", image.toString(), "" + at));
  }

  /** Fills it but for so many bytes. */
  public void fill(long left) throws IOException {
    long free = Files.getFileStore(at).getUsableSpace();
    assertThat(run(List.of("fallocate", "-l", "" + (free - left), "" + filler()))).isZero();
  }

  /** Gives back what was filled. */
  public void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return at.resolve(".filler");
  }

  /** Takes it out while files of it are open. */
  public void pull() throws IOException {
    assertThat(run(List.of("umount", "-l", "" + at))).isZero();
  }

  public void plugIn() throws IOException {
    assertThat(run(mount)).isZero();
  }

  private static int run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("%s ended", command).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    run(List.of("umount", "-l", "" + at));
  }
}
