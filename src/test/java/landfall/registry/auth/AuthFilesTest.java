package landfall.registry.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Parked;
import landfall.image.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthFilesTest {
  private static final String REGISTRY = "quay.site:8443";
  private static final Optional<RepositoryName> REPOSITORY =
      Optional.of(new RepositoryName("lab/team/app"));

  private final Path folder;

  AuthFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String entry(String key, String user) {
    String both = Base64.getEncoder().encodeToString((user + ":pw").getBytes(UTF_8));
    return "\"" + key + "\": {\"auth\": \"" + both + "\"}";
  }

  private Path file(String name, String... entries) throws IOException {
    String auths = "{\"auths\": {" + String.join(", ", entries) + "}}";
    return Files.writeString(folder.resolve(name), auths);
  }

  private static Optional<String> user(Path... files) {
    return AuthFiles.of(REGISTRY, List.of(files))
        .find(REPOSITORY)
        .map(found -> found.user().reveal());
  }

  @ParameterizedTest
  @CsvSource({
    "quay.site:8443, true",
    "https://quay.site:8443, true",
    "https://quay.site:8443/v2/, true",
    "quay.site:8443/lab, true",
    "quay.site:8443/lab/team, true",
    "quay.site:8443/lab/team/app, true",
    "quay.site:8443/lab/tea, false",
    "quay.site:8443/other, false",
    "quay.site, false",
    "quay.site:84, false"
  })
  void knowsWhichEntriesAreMeant(String key, boolean meant) throws IOException {
    assertThat(user(file("auth.json", entry(key, "ci"))).isPresent()).isEqualTo(meant);
  }

  @Test
  void prefersTheMostSpecificEntry() throws IOException {
    Path file =
        file(
            "auth.json",
            entry("quay.site:8443/other", "wrong"),
            entry("quay.site:8443", "registry"),
            entry("quay.site:8443/lab/team", "team"),
            entry("quay.site:8443/lab", "lab"));

    assertThat(user(file)).contains("team");
  }

  @Test
  void prefersTheFirstFile() throws IOException {
    Path first = file("first.json", entry("elsewhere", "nobody"));
    Path second = file("second.json", entry(REGISTRY, "second"));
    Path third = file("third.json", entry(REGISTRY, "third"));

    assertThat(user(first, second, third)).contains("second");
  }

  @Test
  void parksWhenACredentialHelperGivesNothing() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("auth.json"),
            "{\"credHelpers\": {\"" + REGISTRY + "\": \"landfall-test-missing\"}}");

    assertThatThrownBy(() -> user(file))
        .isInstanceOf(Parked.class)
        .hasMessageContaining("without a credential");
  }

  @Test
  void namesAFileTheOperatorNamedAndThatIsNotThere() {
    Path missing = folder.resolve("missing.json");

    assertThatThrownBy(() -> user(missing))
        .isInstanceOf(Parked.class)
        .hasMessageContaining(missing.toString())
        .extracting(thrown -> ((Failure) thrown).code())
        .isEqualTo(Code.REGISTRY_AUTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!!", "bm9jb2xvbg==", ""})
  void namesAFileWhoseEntryIsGarbled(String auth) throws IOException {
    Path file = file("auth.json", "\"" + REGISTRY + "\": {\"auth\": \"" + auth + "\"}");

    assertThatThrownBy(() -> user(file))
        .isInstanceOf(Parked.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void printsNoSecret() throws IOException {
    Path file = file("auth.json", entry(REGISTRY, "ci"));
    Credential found = AuthFiles.of(REGISTRY, List.of(file)).find(REPOSITORY).orElseThrow();

    assertThat(found.toString()).contains("***").doesNotContain("ci,").doesNotContain("pw");
    assertThat(found.basic().toString()).isEqualTo("***");
  }

  @Test
  void looksWherePodmanAndDockerLook() {
    Map<String, String> environment =
        Map.of(
            "REGISTRY_AUTH_FILE", "/a/auth.json",
            "XDG_RUNTIME_DIR", "/run/user/7",
            "DOCKER_CONFIG", "/d");

    assertThat(AuthPlaces.usual(environment, Path.of("/home/ci"), Optional.of("7")))
        .containsExactly(
            Path.of("/a/auth.json"),
            Path.of("/run/user/7/containers/auth.json"),
            Path.of("/run/containers/7/auth.json"),
            Path.of("/home/ci/.config/containers/auth.json"),
            Path.of("/d/config.json"));
  }
}
