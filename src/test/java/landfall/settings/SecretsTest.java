package landfall.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  private static final String CANARY = "s3cr3t-canary";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("CANARY", CANARY, "HOOK", "https://bot:" + CANARY + "@hooks.example/x");

  private final Path folder;

  SecretsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void takesASecretFromTheEnvironmentAndNeverPrintsIt() throws IOException {
    Settings settings = read("notify: { webhook: '${env:HOOK}' }");

    assertThat(settings.notices().webhook())
        .contains(new Secret("https://bot:" + CANARY + "@hooks.example/x"));
    assertThat(settings.toString()).contains("***").doesNotContain(CANARY);
  }

  @Test
  void takesASecretFromAFileWithoutItsLineEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), CANARY + "\n");

    Settings settings =
        read("notify: { webhook: 'https://bot:${file:" + file + "}@hooks.example/' }");

    assertThat(settings.notices().webhook())
        .contains(new Secret("https://bot:" + CANARY + "@hooks.example/"));
  }

  @Test
  void resolvesReferencesWhereverAValueStands() throws IOException {
    Path file = Files.writeString(folder.resolve("host"), "a.example\n");

    Settings settings =
        Settings.read(
            yaml("targets: [{ name: '${env:SITE}-x', registry: '${file:" + file + "}:5000' }]"),
            Map.of("SITE", "north"),
            new Properties());

    assertThat(settings.targets().get(0).name()).isEqualTo("north-x");
    assertThat(settings.targets().get(0).registry()).isEqualTo("a.example:5000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notify: { webhook: 'https://bot:s3cr3t-canary@hooks.example/' }",
        "notify: { webhook: 'https://s3cr3t-canary@hooks.example/' }",
        "notify: { webhook: 'https://bot:s3cr3t-canary@${env:HOST}/' }",
        "notify: { webhook: 's3cr3t-canary' }",
        "notify: { webhook: '${env:CANARY}' }",
        "notify: { webhook: '${env:ABSENT}s3cr3t-canary' }",
        "notify: { webhook: '${s3cr3t-canary' }",
        "notify: { smtp: { password: s3cr3t-canary } }",
        "notify: { smtp: s3cr3t-canary }",
        "ledger: { url: 'jdbc:postgresql://u:s3cr3t-canary@db/x' }",
        "web: { tokens: s3cr3t-canary }",
        "targets: [{ name: a, registry: 'bot:s3cr3t-canary@a.example' }]",
        "targets: [{ name: a, registry: 'https://bot:s3cr3t-canary@a.example/' }]",
        "targets: [{ name: a, registry: '${env:HOOK}' }]",
        "targets: [{ name: a, registry: a, prefix: '${env:CANARY}!' }]",
        "drop: { settle: '${env:CANARY}' }"
      })
  void refusesWithoutRepeatingTheSecret(String yaml) throws IOException {
    Path file = yaml(yaml);

    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class, () -> Settings.read(file, ENVIRONMENT, new Properties()));

    assertThat(refused.problems()).hasSize(1);
    assertThat(refused).hasMessageStartingWith(file + ":1: ");
    assertThat(refused.toString()).doesNotContain(CANARY);
  }

  @Test
  void saysHowAReferenceIsWritten() throws IOException {
    Path file =
        yaml("data: ${HOME}/x\nstate: '${file:/absent}'\nweb: { listen: '${env:CANARY' }\n");

    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class, () -> Settings.read(file, ENVIRONMENT, new Properties()));

    assertThat(refused.problems())
        .containsExactly(
            file
                + ":1: data: found a '${' that begins no reference, expected ${env:NAME} or"
                + " ${file:/path}",
            file + ":2: state: found '${file:/absent}', expected a file this user can read",
            file
                + ":3: web.listen: found a '${' that begins no reference, expected ${env:NAME} or"
                + " ${file:/path}");
  }

  private Settings read(String yaml) throws IOException {
    return Settings.read(yaml(yaml), ENVIRONMENT, new Properties());
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("landfall.yaml"), text);
  }
}
