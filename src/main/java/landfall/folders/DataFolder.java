package landfall.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder that holds everything Landfall reads and writes.
 *
 * @param root absolute
 * @param state where the ledger lies, on a local disk
 */
public record DataFolder(Path root, Path state) {
  public DataFolder {
    root = root.toAbsolutePath().normalize();
    state = state.toAbsolutePath().normalize();
  }

  public Path drop() {
    return root.resolve("drop");
  }

  public Path work(String archive) {
    return root.resolve("work").resolve(archive);
  }

  public Path quarantine(String archive) {
    return root.resolve("quarantine").resolve(archive);
  }

  public Path done(String archive) {
    return root.resolve("done").resolve(archive);
  }

  public Path out(String target) {
    return root.resolve("out").resolve(target);
  }

  /**
   * Makes the folders that are absent.
   *
   * @throws IOException when one cannot be made
   */
  public void create() throws IOException {
    for (String name : List.of("drop", "work", "quarantine", "done", "out")) {
      Files.createDirectories(root.resolve(name));
    }
    Files.createDirectories(state);
  }
}
