package landfall.registry;

import static landfall.registry.ScriptedRegistry.answer;
import static landfall.registry.Sites.APP;
import static landfall.registry.Sites.HELLO;
import static landfall.registry.Sites.HELLO_DIGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.image.Tag;
import landfall.target.HostPort;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a registry may lead us, and what is shown there. */
class HttpRegistryAbroadTest {
  private static final String UPLOADS = "/v2/lab/app/blobs/uploads/";
  private static final String BLOB = "/v2/lab/app/blobs/" + HELLO_DIGEST;
  private static final String QUERY = "?digest=" + HELLO_DIGEST;
  private static final BlobSource SOURCE = offset -> new ByteArrayInputStream(HELLO);

  private final Path folder;

  HttpRegistryAbroadTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path login(String registry) throws IOException {
    return Files.writeString(
        folder.resolve("auth.json"),
        "{\"auths\": {\"" + registry + "\": {\"auth\": \"Y2k6Y2FuYXJ5\"}}}");
  }

  private static HttpRegistry open(String registry, Path login, Target.Others others) {
    Target plain = Sites.plain(registry);
    return Sites.open(
        new Target(
            plain.name(),
            registry,
            Optional.empty(),
            new Target.Security(
                true,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(login),
                others),
            0,
            plain.limits()));
  }

  private static Target.Others uploads(String host) {
    return new Target.Others(List.of(HostPort.parse(host)), List.of());
  }

  private static Target.Others tokens(String host) {
    return new Target.Others(List.of(), List.of(HostPort.parse(host)));
  }

  private static ScriptedRegistry.Reaction wantsPassword() {
    return answer(401).with("WWW-Authenticate: Basic realm=\"site\"");
  }

  private static Failure failure(Runnable call) {
    return catchThrowableOfType(Failure.class, call::run);
  }

  private static void send(HttpRegistry registry) {
    registry.send(APP, HELLO_DIGEST, 5, SOURCE);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/s, /v2/s" + "?digest=DIGEST",
    "/v2/s?_state=a%2Fb%3D, /v2/s?_state=a%2Fb%3D&digest=DIGEST",
    "/v2/s?, /v2/s?&digest=DIGEST",
    "s, /v2/lab/app/blobs/uploads/s?digest=DIGEST",
    "http://HERE/v2/s, /v2/s?digest=DIGEST",
    "//HERE/v2/s, /v2/s?digest=DIGEST",
  })
  void goesOnWhereTheRegistrySays(String location, String asked) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      String there = location.replace("HERE", server.address());
      server.on("POST", UPLOADS, answer(202).with("Location: " + there));
      server.on("PUT", asked.replace("DIGEST", HELLO_DIGEST.toString()), answer(201));

      send(registry);

      assertThat(server.seen()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://DECOY/v2/s",
        "http://DECOY:1/v2/s",
        "https://HERE/v2/s",
        "ftp://HERE/v2/s",
        "http://ci:canary@HERE/v2/s",
        "//169.254.169.254/v2/s"
      })
  void goesNowhereElse(String location) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        ScriptedRegistry decoy = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      String there =
          location
              .replace("DECOY:1", "127.0.0.2:" + decoy.port())
              .replace("DECOY", decoy.address())
              .replace("HERE", server.address());
      server.on("POST", UPLOADS, answer(202).with("Location: " + there));

      assertThat(failure(() -> send(registry)).code()).isEqualTo(Code.REGISTRY_MISCONFIGURED);
      assertThat(decoy.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Location: /v2/a b", "Location: /v2/s#x", "Location: http:///v2/s"})
  void takesNoUnusableLocation(String header) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      ScriptedRegistry.Reaction opened = header.isEmpty() ? answer(202) : answer(202).with(header);
      server.on("POST", UPLOADS, opened);
      server.on("POST", UPLOADS, opened);

      Failure failure = failure(() -> send(registry));

      assertThat(failure.code()).isEqualTo(Code.REGISTRY_MISCONFIGURED);
      assertThat(failure).hasMessageContaining("without a usable Location");
    }
  }

  @Test
  void takesNoTwoLocations() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      ScriptedRegistry.Reaction two = answer(202).with("Location: /v2/s").with("Location: /v2/t");
      server.on("POST", UPLOADS, two);
      server.on("POST", UPLOADS, two);

      assertThat(failure(() -> send(registry)).code()).isEqualTo(Code.REGISTRY_MISCONFIGURED);
    }
  }

  @Test
  void sendsABlobToAnotherHostThatIsAllowedAndSaysNothingOfItself() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        ScriptedRegistry store = ScriptedRegistry.http();
        HttpRegistry registry =
            open(server.address(), login(server.address()), uploads(store.address()))) {
      server.on("POST", UPLOADS, wantsPassword());
      server.on(
          "POST",
          UPLOADS,
          answer(202)
              .with("Set-Cookie: SRV=canary; path=/")
              .with("Location: http://" + store.address() + "/up?sig=x"));
      store.on("PUT", "/up?sig=x&digest=" + HELLO_DIGEST, answer(201));

      send(registry);

      assertThat(server.seen(1).header("Authorization")).isPresent();
      assertThat(store.seen(0).body()).isEqualTo("hello");
      assertThat(store.seen(0).header("Authorization")).isEmpty();
      assertThat(store.seen(0).header("Cookie")).isEmpty();
    }
  }

  @Test
  void fetchesABlobFromAnotherHostThatIsAllowed() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        ScriptedRegistry store = ScriptedRegistry.http();
        HttpRegistry registry =
            open(server.address(), login(server.address()), uploads("127.0.0.1"))) {
      ByteArrayOutputStream fetched = new ByteArrayOutputStream();
      String there = "Location: http://" + store.address() + "/blob?sig=x";
      server.on("GET", BLOB, wantsPassword());
      server.on("GET", BLOB, answer(307).with(there));
      store.on("GET", "/blob?sig=x", answer(200, "hello"));

      boolean there2 = registry.fetch(APP, HELLO_DIGEST, 5, () -> fetched);

      assertThat(there2).isTrue();
      assertThat(fetched).hasToString("hello");
      assertThat(store.seen(0).header("Authorization")).isEmpty();
    }
  }

  @Test
  void logsInNowhereElse() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        ScriptedRegistry store = ScriptedRegistry.http();
        HttpRegistry registry =
            open(server.address(), login(server.address()), uploads(store.address()))) {
      server.on("POST", UPLOADS, answer(202).with("Location: http://" + store.address() + "/up"));
      store.on("PUT", "/up" + QUERY, wantsPassword());

      assertThat(failure(() -> send(registry)).code()).isEqualTo(Code.REGISTRY_AUTH);
      assertThat(store.seen(0).header("Authorization")).isEmpty();
    }
  }

  /** Only blobs may lie elsewhere. */
  @Test
  void readsNoManifestElsewhereEvenWhereBlobsMayLie() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        ScriptedRegistry store = ScriptedRegistry.http();
        HttpRegistry registry =
            open(server.address(), login(server.address()), uploads(store.address()))) {
      String there = "Location: http://" + store.address() + "/x";
      server.on("GET", "/v2/lab/app/manifests/v1", answer(307).with(there));
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s" + QUERY, answer(307).with(there));

      assertThat(failure(() -> registry.manifest(APP, "v1")).code())
          .isEqualTo(Code.REGISTRY_MISCONFIGURED);
      assertThat(failure(() -> send(registry)).code()).isEqualTo(Code.REGISTRY_MISCONFIGURED);
      assertThat(store.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "[::ffff:169.254.169.254]"})
  void neverGoesToTheCloudItRunsInHoweverItIsNamed(String host) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            open(server.address(), login(server.address()), uploads("169.254.169.254"))) {
      server.on("POST", UPLOADS, answer(202).with("Location: http://" + host + "/latest"));

      assertThat(failure(() -> send(registry)).code()).isEqualTo(Code.REGISTRY_MISCONFIGURED);
    }
  }

  @Test
  void saysWhyItDoesNotGoToAnAddressThatWasAllowed() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            open(server.address(), login(server.address()), uploads("[fd00:ec2::254]"))) {
      server.on("POST", UPLOADS, answer(202).with("Location: http://[fd00:ec2::254]/latest"));

      assertThat(failure(() -> send(registry))).hasMessageContaining("where nothing is sent");
    }
  }

  @Test
  void getsATokenFromAnotherHostOnlyWhereThatIsAllowed() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http()) {
      ScriptedRegistry.Reaction challenge =
          answer(401)
              .with("WWW-Authenticate: Bearer realm=\"http://localhost:" + server.port() + "/t\"");
      String token = "/t?scope=repository%3Alab%2Fapp%3Apull%2Cpush";
      server.on("HEAD", "/v2/lab/app/manifests/v1", challenge);
      server.on("HEAD", "/v2/lab/app/manifests/v1", challenge);
      server.on("GET", token, answer(200, "{\"token\": \"one\"}"));
      server.on("HEAD", "/v2/lab/app/manifests/v1", answer(404));
      Path login = login(server.address());
      try (HttpRegistry strict = open(server.address(), login, Target.Others.NONE);
          HttpRegistry registry = open(server.address(), login, tokens("localhost"))) {

        Failure failure = failure(() -> strict.tagged(APP, new Tag("v1")));
        registry.tagged(APP, new Tag("v1"));

        assertThat(failure.code()).isEqualTo(Code.REGISTRY_AUTH);
        assertThat(failure)
            .hasMessageContaining("localhost:" + server.port())
            .hasMessageContaining("tokenHosts")
            .hasMessageContaining("nothing was sent");
        assertThat(server.seen(2).header("Authorization")).isPresent();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void showsCredentialsToNobodyARequestIsRedirectedTo(int status) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        ScriptedRegistry decoy = ScriptedRegistry.http();
        HttpRegistry registry =
            open(server.address(), login(server.address()), Target.Others.NONE)) {
      ScriptedRegistry.Reaction away =
          answer(status).with("Location: http://127.0.0.2:" + decoy.port() + "/x");
      server.on("GET", "/v2/lab/app/manifests/v1", wantsPassword());
      server.on("GET", "/v2/lab/app/manifests/v1", away);
      server.on("PUT", "/v2/lab/app/manifests/v1", away);

      assertThat(failure(() -> registry.manifest(APP, "v1")).code())
          .isEqualTo(Code.REGISTRY_MISCONFIGURED);
      assertThat(failure(() -> registry.put(APP, "v1", Sites.MANIFEST))).isNotNull();
      assertThat(decoy.seen()).isEmpty();
    }
  }
}
