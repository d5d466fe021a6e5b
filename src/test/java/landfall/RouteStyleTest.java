package landfall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A route says where next and nothing else; a newcomer reads {@code routes/} as a contents page.
 */
class RouteStyleTest {
  private static final int MOST_STEPS = 6;
  private static final Set<String> STEPS =
      Set.of("bean", "to", "toD", "split", "filter", "choice", "throttle", "marshal", "log");

  /** A route that speaks to a foreign server says what of the exchange goes out. */
  private static final Set<String> NOTIFY_STEPS =
      Set.of(
          "setVariable", "setBody", "removeHeaders", "setHeader", "to", "bean", "split", "marshal");

  static List<Path> files() {
    return RouteFiles.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isNumberedAndNamedAfterItsStep(Path file) {
    assertThat(file.getFileName().toString()).matches("\\d\\d-[a-z]+\\.camel\\.yaml");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyRouteIsCalledAsItsFile(Path file) {
    String step = step(file);

    assertThat(RouteFiles.routes(file))
        .allSatisfy(route -> assertThat(route.path("id").asText()).startsWith(step));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everythingHasADescription(Path file) {
    for (JsonNode element : RouteFiles.read(file)) {
      JsonNode thing = element.elements().next();

      assertThat(thing.path("description").asText())
          .as(file + ": a sentence an operator understands")
          .hasSizeGreaterThan(20);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void routesAreShortAndHoldNoProgram(Path file) {
    Set<String> allowed = step(file).equals("notify") ? NOTIFY_STEPS : STEPS;
    for (JsonNode route : RouteFiles.routes(file)) {
      List<String> steps = steps(route.path("from").path("steps"));

      assertThat(route.path("from").path("steps").size()).isLessThanOrEqualTo(MOST_STEPS);
      assertThat(steps).isSubsetOf(allowed);
    }
  }

  @Test
  void everyStepRouteHasAPackageOfItsName() {
    List<String> steps =
        List.of("arrive", "dispatch", "verify", "open", "plan", "push", "publish", "report");

    assertThat(steps)
        .allSatisfy(
            step -> {
              assertThat(files()).anyMatch(file -> step(file).equals(step));
              assertThat(Files.isDirectory(Path.of("src/main/java/landfall", step))).isTrue();
            });
  }

  @Test
  void whatEachTargetHasOfItsOwnIsATemplate() {
    Set<String> perTarget = Set.of("push", "probe");
    for (Path file : files()) {
      for (JsonNode element : RouteFiles.read(file)) {
        assertThat(element.has("routeTemplate")).isEqualTo(perTarget.contains(step(file)));
      }
    }
  }

  private static List<String> steps(JsonNode steps) {
    List<String> names = new ArrayList<>();
    for (JsonNode step : steps) {
      String name = step.fieldNames().next();
      names.add(name);
      names.addAll(steps(step.get(name).path("steps")));
    }
    return names;
  }

  private static String step(Path file) {
    return file.getFileName().toString().replaceAll("^\\d\\d-|\\.camel\\.yaml$", "");
  }
}
