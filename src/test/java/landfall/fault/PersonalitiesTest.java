package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import landfall.fake.DebianRegistry;
import landfall.fault.proxy.Answers;
import landfall.fault.proxy.FaultProxy;
import landfall.fault.proxy.Reply;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Tricks;
import landfall.registry.Registry;
import landfall.registry.Sites;
import landfall.registry.personality.Personality;
import landfall.registry.personality.Quirk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Registries give themselves away, and are explained to whoever has to repair them. */
class PersonalitiesTest {
  private final Path folder;

  PersonalitiesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "quay/api, QUAY",
    "quay/api-login, QUAY",
    "quay/upload, UNKNOWN",
    "quay/quota, QUAY",
    "quay/read-only, QUAY",
    "harbor/api-login, HARBOR",
    "harbor/no-project, HARBOR",
    "harbor/quota, HARBOR",
    "harbor/immutable-tag, HARBOR",
    "harbor/read-only, HARBOR",
    "harbor/no-right, UNKNOWN",
    "nexus/api-login, NEXUS",
    "nexus/content-type, NEXUS",
    "nexus/no-length, NEXUS",
    "artifactory/api-login, ARTIFACTORY",
    "artifactory/forbidden, ARTIFACTORY",
    "zot/upload, ZOT",
    "zot/docker-manifest, ZOT",
    "ecr/api-login, ECR",
    "ecr/no-repository, ECR",
    "ecr/immutable-tag, ECR",
    "ghcr/api-login, GHCR",
    "ghcr/chunk-too-large, GHCR",
    "openshift/api-login, OPENSHIFT",
    "openshift/two-parts, OPENSHIFT",
    "distribution2/api, DISTRIBUTION_2",
    "distribution2/full, DISTRIBUTION_2",
    "distribution3/api, DISTRIBUTION_3",
    "nginx/too-large, UNKNOWN",
  })
  void knowsARegistryByItsAnswers(String answer, Personality personality) {
    Reply reply = Answers.captured(answer);

    assertThat(Personality.of(fields(reply), reply.body())).isEqualTo(personality);
  }

  private static Function<String, List<String>> fields(Reply reply) {
    return name ->
        reply.fields().stream()
            .filter(
                field ->
                    field.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
            .map(field -> field.substring(name.length() + 1).strip())
            .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "distribution2/api, zot/docker-manifest, PUT, /manifests/, docker2s2",
    "distribution2/api, harbor/no-project, POST, /blobs/uploads/, the project does not exist",
    "distribution2/api, harbor/quota, PUT, /manifests/, raise the project's quota",
    "quay/api, quay/quota, PUT, /blobs/uploads/, raise the organisation's quota",
    "quay/api, quay/nested-name, POST, /blobs/uploads/, maxNestedPaths: 2",
    "distribution2/api, nexus/content-type, PUT, /manifests/, Strict Content Type Validation",
    "distribution2/api, ecr/no-repository, POST, /blobs/uploads/, ECR makes no repository by itself",
    "distribution2/api, openshift/two-parts, POST, /blobs/uploads/, maxNestedPaths: 2",
    "distribution2/api, artifactory/forbidden, PUT, /manifests/, deploy",
    "distribution2/api, distribution2/session-lost, PUT, /blobs/uploads/, http.secret",
  })
  void saysWhatIsKnownOfSuchARegistry(
      String known, String answer, String method, String path, String advice) throws IOException {
    try (DebianRegistry server = DebianRegistry.start(folder);
        FaultProxy proxy = FaultProxy.before(Stand.port(server));
        Registry registry = Sites.open(Sites.plain(proxy.address()))) {
      proxy.play(
          Rule.on("GET", "/v2/$", Tricks.answer(Answers.captured(known))),
          Rule.on(method, path, Tricks.answer(Answers.captured(answer))));
      registry.ping();

      Throwable thrown = catchThrowable(() -> Cargo.of(9000).pushOnly(registry));

      assertThat(thrown).hasMessageContaining(advice);
    }
  }

  @Test
  void deliversToARegistryThatCallsItsAnswersHtmlAsQuayDoes() throws IOException {
    try (DebianRegistry server = DebianRegistry.start(folder);
        FaultProxy proxy = FaultProxy.before(Stand.port(server));
        Registry registry = Sites.open(Sites.plain(proxy.address()))) {
      proxy.play(
          Rule.on("GET", "/v2/$", Tricks.answer(Answers.captured("quay/api"))),
          Rule.on(
              "POST|PUT",
              "",
              Tricks.answering(answer -> answer.set("Content-Type", "text/html; charset=utf-8"))));
      Cargo cargo = Cargo.of(9000);

      cargo.push(registry);

      assertThat(registry.tagged(Cargo.REPOSITORY, Cargo.TAG)).contains(cargo.manifest().digest());
      assertThat(registry.personality()).isEqualTo(Personality.QUAY);
    }
  }

  @Test
  void explainsNothingWhereNothingIsKnown() throws IOException {
    try (DebianRegistry server = DebianRegistry.start(folder);
        FaultProxy proxy = FaultProxy.before(Stand.port(server));
        Registry registry = Sites.open(Sites.plain(proxy.address()))) {
      proxy.play(Rule.on("POST", "", Tricks.answer(Answers.captured("harbor/no-right"))));

      Throwable thrown = catchThrowable(() -> Cargo.of(9000).pushOnly(registry));

      assertThat(thrown).hasMessageEndingWith("requested access to the resource is denied");
    }
  }

  @Test
  void knowsDebiansRegistry() throws IOException {
    try (DebianRegistry server = DebianRegistry.start(folder)) {
      assertThat(pushedTo(server)).isEqualTo(Personality.DISTRIBUTION_2);
    }
  }

  @Test
  void deliversToDistribution3AndKnowsIt() throws IOException {
    try (DebianRegistry server = DebianRegistry.built("registry3", folder)) {
      assertThat(pushedTo(server)).isEqualTo(Personality.DISTRIBUTION_3);
    }
  }

  private static Personality pushedTo(DebianRegistry server) throws IOException {
    try (Registry registry = Sites.open(Sites.plain(server.address()))) {
      Cargo cargo = Cargo.of(50_000);
      cargo.push(registry);
      assertThat(registry.tagged(Cargo.REPOSITORY, Cargo.TAG)).contains(cargo.manifest().digest());
      return registry.personality();
    }
  }

  @Test
  void deliversToZotAndKnowsIt() throws IOException {
    try (DebianRegistry server = DebianRegistry.zot(folder)) {
      assertThat(pushedTo(server)).isEqualTo(Personality.ZOT);
    }
  }

  @ParameterizedTest
  @EnumSource(Personality.class)
  void hasWordsForEverythingItKnows(Personality personality) {
    assertThat(personality.title()).isNotEmpty();
    assertThat(personality.quirks()).extracting(Quirk::words).doesNotContain("");
    assertThat(personality.mostImages()).isPositive();
  }
}
