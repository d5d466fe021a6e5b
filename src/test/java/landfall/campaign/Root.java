package landfall.campaign;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import landfall.fake.Program;
import landfall.folders.Relocation;
import org.junit.jupiter.api.Assumptions;

/** What only root may do: file systems of a few megabytes, made and taken away. */
final class Root {
  private static final String FILLER = ".filler";

  private Root() {}

  /** Skips what asks where it is not root's. */
  static void needed() {
    Assumptions.assumeTrue(
        isUs(), "SKIPPED, SO NOT PROVEN: run it as root, which may mount file systems");
  }

  static boolean isUs() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** A file system in memory of so many bytes. */
  static void memory(Path at, long bytes) throws IOException {
    Files.createDirectories(at);
    run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "landfall-campaign", at.toString());
  }

  static void resize(Path at, long bytes) throws IOException {
    run("mount", "-o", "remount,size=" + bytes, at.toString());
  }

  /** An ext4 file system inside a file, not mounted. */
  static void image(Path file, int megabytes) throws IOException {
    run("truncate", "-s", megabytes + "M", file.toString());
    run("mkfs.ext4", "-q", "-F", file.toString());
  }

  static void mount(Path image, Path at) throws IOException {
    Files.createDirectories(at);
    run("mount", "-o", "loop", image.toString(), at.toString());
  }

  static void unmount(Path at) throws IOException {
    run("umount", at.toString());
  }

  /** Takes it away while its files are open. */
  static void pull(Path at) throws IOException {
    run("umount", "-l", at.toString());
  }

  /** The same, and leaves what was on it in the folder it was mounted at. */
  static void unmountKeeping(Path at) throws IOException {
    Path kept = Files.createTempDirectory("campaign");
    run("cp", "-a", at + "/.", kept.toString());
    unmount(at);
    run("cp", "-a", kept + "/.", at.toString());
    Relocation.deleteTree(kept);
  }

  /** Leaves no room for anything. */
  static void fill(Path at) throws IOException {
    Path filler = at.resolve(FILLER);
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      if (Files.getFileStore(at).getUsableSpace() > page.length) {
        throw full;
      }
    }
  }

  static boolean isFilled(Path at) {
    return Files.exists(at.resolve(FILLER));
  }

  static void free(Path at) throws IOException {
    Files.delete(at.resolve(FILLER));
  }

  /** Everything written so far reaches the disk. */
  static void sync(Path file) throws IOException {
    run("sync", "-f", file.toString());
  }

  /** Copies what has reached the disk of a mounted image: what a power cut would leave. */
  static void snapshot(Path image, Path copy) throws IOException {
    run("cp", "--sparse=always", image.toString(), copy.toString());
  }

  private static void run(String... command) throws IOException {
    List<String> words = List.of(command);
    Path scratch = Files.createTempDirectory("campaign");
    Program.run(scratch, words.get(0), words.subList(1, words.size()).toArray(String[]::new));
    Relocation.deleteTree(scratch);
  }
}
