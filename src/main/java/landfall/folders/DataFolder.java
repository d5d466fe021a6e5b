package landfall.folders;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
   * What lies there of archives that came before, such as {@code done/ID and 3 more}; empty when
   * nothing ever came.
   */
  public Optional<String> remains() {
    List<String> found = new ArrayList<>();
    for (String name : List.of("done", "quarantine", "work")) {
      ids(name).forEach(id -> found.add(root.resolve(name).resolve(id).toString()));
    }
    return found.stream()
        .findFirst()
        .map(first -> found.size() == 1 ? first : first + " and " + (found.size() - 1) + " more");
  }

  /**
   * Names of the archives' folders below {@code done}, {@code quarantine} or {@code work}, sorted;
   * hidden ones are not ours.
   */
  public List<String> ids(String name) {
    String[] ids =
        root.resolve(name)
            .toFile()
            .list((in, id) -> !id.startsWith(".") && new File(in, id).isDirectory());
    return ids == null ? List.of() : Stream.of(ids).sorted().toList();
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
