package landfall.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Real archives, and what oc-mirror itself made of them. */
final class Golden {
  static final Path RESOURCES = Path.of("src/test/resources/samples");

  /** The archive the demo carries, with its checksum file. */
  static final Path HACKATHON =
      Path.of("src/main/resources/demo/oc-mirror-content-20261122-1745.tar.gz");

  static final Path HACKATHON_SIDECAR =
      HACKATHON.resolveSibling(HACKATHON.getFileName() + ".sha256");
  static final Path ADDITIONAL = RESOURCES.resolve("additional/mirror_000001.tar");

  private Golden() {}

  /** Every {@code repository:tag} with its digest, as oc-mirror left them in the registry. */
  static Map<String, String> registry(String golden) {
    Map<String, String> tags = new TreeMap<>();
    try {
      for (String line :
          Files.readAllLines(
              RESOURCES.resolve("additional").resolve(golden).resolve("registry.txt"))) {
        int space = line.indexOf(' ');
        tags.put(line.substring(0, space), line.substring(space + 1).strip());
      }
      return tags;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
