package landfall.rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What {@code why.yaml} knows beyond the receipt of a refused archive.
 *
 * @param archive where the archive lies, if that is outside the data folder
 * @param problem why the file cannot be used; empty when it can
 */
record Why(List<String> evidence, List<String> history, Optional<Path> archive, String problem) {
  private static final int LARGEST = 4 * 1024 * 1024;

  static final Why NONE = new Why(List.of(), List.of(), Optional.empty(), "");

  /** Reads the file in a quarantine folder. */
  static Why read(Path folder) {
    Path file = folder.resolve("why.yaml");
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
        return wrong("it is missing, or no file");
      }
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(LARGEST);
      options.setAllowDuplicateKeys(false);
      Object read = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
      return read instanceof Map<?, ?> map ? of(map, folder) : wrong("it is no map");
    } catch (IOException
        | YAMLException
        | IllegalArgumentException
        | ClassCastException unreadable) {
      return wrong(
          String.valueOf(unreadable.getMessage()).lines().findFirst().orElse("unreadable"));
    }
  }

  private static Why of(Map<?, ?> map, Path folder) {
    Optional<Path> archive =
        map.get("archive") instanceof String text && !text.isEmpty()
            ? Optional.of(Path.of(text))
                .filter(Path::isAbsolute)
                .filter(path -> !path.startsWith(folder))
            : Optional.empty();
    return new Why(texts(map.get("evidence")), texts(map.get("history")), archive, "");
  }

  private static Why wrong(String problem) {
    return new Why(List.of(), List.of(), Optional.empty(), problem);
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
