package landfall.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

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
    return tags(RESOURCES.resolve("additional").resolve(golden));
  }

  /** The same of another sample's golden. */
  static Map<String, String> tags(Path golden) {
    Map<String, String> tags = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(golden.resolve("registry.txt"))) {
        int space = line.indexOf(' ');
        tags.put(line.substring(0, space), line.substring(space + 1).strip());
      }
      return tags;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The mirror sets oc-mirror wrote, as they ought to be at this mirror. */
  static Map<String, Object> mirrorSets(String golden, String mirror) throws IOException {
    Path folder = RESOURCES.resolve("additional").resolve(golden).resolve("cluster-resources");
    String written = golden.endsWith("prefix") ? "127.0.0.1:5555/mirror/site" : "127.0.0.1:5555";
    return read(
        folder,
        text ->
            text.replace(
                    "- " + written + "\n    source: \"\"",
                    "- " + written + "/busybox\n    source: docker.io/library/busybox")
                .replace(written, mirror));
  }

  /** The mirror sets in a folder, by file; what is a list stands as a set, without annotations. */
  static Map<String, Object> mirrorSets(Path folder) throws IOException {
    return read(folder, text -> text);
  }

  private static Map<String, Object> read(Path folder, UnaryOperator<String> repair)
      throws IOException {
    Map<String, Object> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Set<Object> documents = new HashSet<>();
        new Yaml()
            .loadAll(repair.apply(Files.readString(file)))
            .forEach(one -> documents.add(normal(one)));
        files.put(file.getFileName().toString(), documents);
      }
    }
    return files;
  }

  private static Object normal(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = new TreeMap<>();
      map.forEach((key, one) -> entries.put(key.toString(), normal(one)));
      entries.remove("annotations");
      return entries;
    }
    return value instanceof List<?> list
        ? list.stream().map(Golden::normal).collect(Collectors.toSet())
        : value;
  }
}
