package landfall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of {@code routes/}, as people and Camel read them. */
final class RouteFiles {
  private RouteFiles() {}

  static List<Path> all() {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      return files.sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static JsonNode read(Path file) {
    try {
      Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      return new ObjectMapper().valueToTree(yaml);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The routes of a file, those of templates too. */
  static List<JsonNode> routes(Path file) {
    List<JsonNode> routes = new ArrayList<>();
    for (JsonNode element : read(file)) {
      if (element.has("route")) {
        routes.add(element.get("route"));
      }
      if (element.has("routeTemplate")) {
        routes.add(element.get("routeTemplate").get("route"));
      }
    }
    return routes;
  }
}
