package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What lies below {@code out/}: each file with its text, the time of its making left out and the
 * registry's address replaced, for each bench has another.
 */
record Outputs(Map<String, String> files) {

  static Outputs of(Site site) throws IOException {
    Path out = site.out();
    Map<String, String> files = new TreeMap<>();
    if (!Files.exists(out)) {
      return new Outputs(files);
    }
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String text =
            Files.readString(file).replace(site.bench().proxy().address(), "registry.invalid");
        files.put(
            out.relativize(file).toString(),
            text.replaceAll("(\"?createdAt\"?: ?)(?:\"[^\"]*\"|[^,\\s]+)", "$1"));
      }
    }
    return new Outputs(files);
  }

  boolean hasResources() {
    return files.keySet().stream().anyMatch(name -> name.contains("cluster-resources/"));
  }
}
