package landfall.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OverridesTest {
  private final Path folder;

  OverridesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void letsEnvironmentWinOverTheFileAndPropertiesOverBoth() throws IOException {
    String yaml = "drop: { settle: 1s, patience: 1h, sidecar: { wait: 1m } }\n";
    Map<String, String> environment =
        Map.of("LANDFALL_DROP_SETTLE", "2s", "LANDFALL_DROP_PATIENCE", "2h");

    Settings.Drop drop = read(yaml, environment, Map.of("landfall.drop.settle", "3s")).drop();

    assertThat(drop.sidecar().delay()).isEqualTo(Duration.ofMinutes(1));
    assertThat(drop.patience()).isEqualTo(Duration.ofHours(2));
    assertThat(drop.settle()).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LANDFALL_TARGETS_0_MAX_NESTED_PATHS",
        "LANDFALL_TARGETS_0_MAXNESTEDPATHS",
        "LANDFALL_TARGETS_0_MAX_NESTEDPATHS",
        "landfall.targets.0.maxNestedPaths",
        "landfall.targets[0].maxNestedPaths",
        "landfall.targets[0].maxnestedpaths"
      })
  void takesEverySpellingOfAKey(String name) throws IOException {
    String yaml = "targets: [{ name: a, registry: a.example }]\n";

    Settings settings =
        name.startsWith("landfall.")
            ? read(yaml, Map.of(), Map.of(name, "7"))
            : read(yaml, Map.of(name, "7"), Map.of());

    assertThat(settings.targets().get(0).maxNestedPaths()).isEqualTo(7);
  }

  static Stream<String> everySetting() {
    return Key.ALL.paths();
  }

  @ParameterizedTest
  @MethodSource("everySetting")
  void knowsEverySettingByItsOwnName(String path) throws IOException {
    String variable = "LANDFALL_" + Key.environmentName(path);

    List<String> problems =
        problems(Map.of(variable, "\u0001@"), Map.of("landfall." + path, "\u0001@"));

    assertThat(problems).noneMatch(problem -> problem.contains("names no setting"));
  }

  @Test
  void buildsTargetsFromNothing() {
    Map<String, String> environment = new HashMap<>();
    for (int index = 0; index < 12; index++) {
      environment.put("LANDFALL_TARGETS_" + index + "_NAME", "site-" + index);
      environment.put("LANDFALL_TARGETS_" + index + "_REGISTRY", "site-" + index + ".example");
    }

    Settings settings = Settings.withoutFile(environment, new Properties());

    assertThat(settings.targets())
        .extracting(Target::registry)
        .startsWith("site-0.example", "site-1.example", "site-2.example")
        .hasSize(12)
        .endsWith("site-11.example");
  }

  @Test
  void addsToListsOfValues() throws IOException {
    Path one = Files.createFile(folder.resolve("one.json"));
    Path two = Files.createFile(folder.resolve("two.json"));
    String yaml = "targets: [{ name: a, registry: a.example, authfile: [" + one + "] }]\n";

    Settings more = read(yaml, Map.of("LANDFALL_TARGETS_0_AUTHFILE_1", two.toString()), Map.of());
    Settings other = read(yaml, Map.of("LANDFALL_TARGETS_0_AUTHFILE", two.toString()), Map.of());

    assertThat(more.targets().get(0).security().authfiles()).containsExactly(one, two);
    assertThat(other.targets().get(0).security().authfiles()).containsExactly(two);
  }

  @Test
  void takesAValueAwayWithAnEmptyOne() throws IOException {
    String yaml = "targets: [{ name: a, registry: a.example, prefix: mirror }]\n";

    Settings settings = read(yaml, Map.of("LANDFALL_TARGETS_0_PREFIX", ""), Map.of());

    assertThat(settings.targets().get(0).prefix()).isEmpty();
  }

  @Test
  void namesProblemsByTheOverrideAndAfterThoseOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("landfall.yaml"), "drop: { settle: soon }\n");
    Properties system = new Properties();
    system.setProperty("landfall.push.retries", "many");

    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class,
            () -> Settings.read(file, Map.of("LANDFALL_DROP_PATIENCE", "long"), system));

    assertThat(refused.problems())
        .containsExactly(
            file
                + ":1: drop.settle: found 'soon', expected a duration such as 500ms, 10s, 5m, 24h"
                + " or 2d",
            "-Dlandfall.push.retries: push.retries: found 'many', expected a whole number from 0"
                + " to 100",
            "LANDFALL_DROP_PATIENCE: drop.patience: found 'long', expected a duration such as"
                + " 500ms, 10s, 5m, 24h or 2d");
  }

  @Test
  void refusesOverridesThatNameNoSetting() {
    List<String> problems =
        problems(
            Map.of(
                "LANDFALL_DROP_SETLE", "1s",
                "LANDFALL_DROP", "1s",
                "LANDFALL_TARGETS_1_REGISTY", "a",
                "LANDFALL_TARGETS_REGISTRY", "a",
                "LANDFALL_", "a",
                "LANDFALL_TARGETS_2_NAME", "c"),
            Map.of("landfall.drop.sttle", "1s"));

    assertThat(problems)
        .containsExactly(
            "-Dlandfall.drop.sttle: override: names no setting, did you mean"
                + " -Dlandfall.drop.settle?",
            "LANDFALL_: override: names no setting",
            "LANDFALL_DROP: override: names no setting",
            "LANDFALL_DROP_SETLE: override: names no setting, did you mean LANDFALL_DROP_SETTLE?",
            "LANDFALL_TARGETS_1_REGISTY: override: names no setting, did you mean"
                + " LANDFALL_TARGETS_1_REGISTRY?",
            "LANDFALL_TARGETS_2_NAME: override: found index 2, expected at most 0",
            "LANDFALL_TARGETS_REGISTRY: override: names no setting, did you mean"
                + " LANDFALL_TARGETS_0_REGISTRY?");
  }

  @Test
  void leavesAloneWhatIsMeantForOthers() {
    Map<String, String> environment =
        Map.of(
            "LANDFALL_OPTS", "-Xmx1g",
            "LANDFALL_HOME", "/opt/landfall",
            "LANDFALL_CONFIG", "/etc/landfall/landfall.yaml",
            "LANDFALL_SERVICE_HOST", "10.0.0.1",
            "LANDFALL_SERVICE_PORT_HTTP", "8080",
            "LANDFALL_PORT", "tcp://10.0.0.1:8080",
            "LANDFALL_PORT_8080_TCP_ADDR", "10.0.0.1",
            "MY_LANDFALL_DROP", "x");
    Properties system = new Properties();
    system.setProperty("landfall.home", "/opt/landfall");
    system.setProperty("landfall.crash", "push.tag.after:1");
    system.setProperty("landfall.crash.list", "/tmp/points");
    system.setProperty("landfall.log", "debug");

    assertThat(Settings.withoutFile(environment, system)).isEqualTo(Settings.defaults());
  }

  @Test
  void leavesAWrongShapeInTheFileToItsOwnProblem() throws IOException {
    Path file = Files.writeString(folder.resolve("landfall.yaml"), "drop: 1\ntargets: 2\n");
    Map<String, String> environment =
        Map.of("LANDFALL_DROP_SETTLE", "1s", "LANDFALL_TARGETS_0_NAME", "a");

    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class, () -> Settings.read(file, environment, new Properties()));

    assertThat(refused.problems())
        .satisfiesExactly(
            drop -> assertThat(drop).startsWith(file + ":1: drop: found '1', expected a group"),
            targets ->
                assertThat(targets)
                    .startsWith(file + ":2: targets: found '2', expected a list of groups"));
  }

  private Settings read(String yaml, Map<String, String> environment, Map<String, String> system)
      throws IOException {
    Path file = Files.writeString(folder.resolve("landfall.yaml"), yaml);
    return Settings.read(file, environment, properties(system));
  }

  private static List<String> problems(
      Map<String, String> environment, Map<String, String> system) {
    return Optional.ofNullable(
            catchThrowableOfType(
                SettingsException.class,
                () -> Settings.withoutFile(environment, properties(system))))
        .map(SettingsException::problems)
        .orElse(List.of());
  }

  private static Properties properties(Map<String, String> values) {
    Properties properties = new Properties();
    values.forEach(properties::setProperty);
    return properties;
  }
}
