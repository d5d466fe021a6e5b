package landfall.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.registry.ScriptedRegistry.answer;
import static landfall.registry.Sites.APP;
import static landfall.registry.Sites.HELLO;
import static landfall.registry.Sites.HELLO_DIGEST;
import static landfall.registry.Sites.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Parked;
import landfall.image.Digest;
import landfall.image.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRegistryLoginTest {
  private static final Tag TAG = new Tag("v1");
  private static final String V1 = "/v2/lab/app/manifests/v1";
  private static final String UPLOADS = "/v2/lab/app/blobs/uploads/";
  private static final String TOKEN =
      "/token?service=site&scope=repository%3Alab%2Fapp%3Apull%2Cpush";
  private static final String MOUNT = UPLOADS + "?mount=" + HELLO_DIGEST + "&from=lab/other";
  private static final String AND_OTHER = "&scope=repository%3Alab%2Fother%3Apull";
  private static final String CANARY = "c4n4ry-password";

  private final Path folder;

  HttpRegistryLoginTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path login(String registry, String password) throws IOException {
    String both = Base64.getEncoder().encodeToString(("ci:" + password).getBytes(UTF_8));
    Path file = folder.resolve("auth.json");
    return Files.writeString(
        file, "{\"auths\": {\"" + registry + "\": {\"auth\": \"" + both + "\"}}}");
  }

  private Path nobody() throws IOException {
    return Files.writeString(folder.resolve("auth.json"), "{\"auths\": {}}");
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("ci:" + password).getBytes(UTF_8));
  }

  private static ScriptedRegistry.Reaction wantsPassword() {
    return answer(401).with("WWW-Authenticate: Basic realm=\"site\"");
  }

  private static ScriptedRegistry.Reaction wantsToken(ScriptedRegistry server) {
    return answer(401)
        .with(
            "WWW-Authenticate: Bearer realm=\"http://"
                + server.address()
                + "/token\",service=\"site\",scope=\"whatever\"");
  }

  private static ScriptedRegistry.Reaction token(String token, int seconds) {
    return answer(200, "{\"token\": \"" + token + "\", \"expires_in\": " + seconds + "}");
  }

  private static List<String> sent(ScriptedRegistry server) {
    return server.seen().stream().map(seen -> seen.header("Authorization").orElse("-")).toList();
  }

  @Test
  void showsAPasswordOnlyWhenItIsAskedFor() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on("HEAD", V1, wantsPassword());
      server.on("HEAD", V1, answer(404));
      server.on("HEAD", V1, answer(404));

      registry.tagged(APP, TAG);
      registry.tagged(APP, TAG);

      assertThat(sent(server)).containsExactly("-", basic(CANARY), basic(CANARY));
    }
  }

  @Test
  void parksAfterOneMoreTryWithAWrongPassword() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on("HEAD", V1, wantsPassword());
      server.on("HEAD", V1, wantsPassword());

      Throwable thrown = catchThrowable(() -> registry.tagged(APP, TAG));

      assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_AUTH);
      assertThat(thrown).hasMessageContaining(folder.resolve("auth.json").toString());
      assertThat(thrown.toString() + ((Failure) thrown).evidence()).doesNotContain(CANARY);
    }
  }

  @Test
  void noticesANewLoginWithoutBeingStartedAgain() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), "old")))) {
      server.on("HEAD", V1, wantsPassword());
      server.on("HEAD", V1, answer(404));
      server.on("HEAD", V1, wantsPassword());
      server.on("HEAD", V1, answer(404));

      registry.tagged(APP, TAG);
      login(server.address(), "new");
      registry.tagged(APP, TAG);

      assertThat(sent(server)).containsExactly("-", basic("old"), basic("old"), basic("new"));
    }
  }

  @Test
  void sendsRefusedCredentialsAgainOnlyAfterAWhileAndOthersAtOnce() throws IOException {
    StandingClock clock = StandingClock.halfway();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), "old")), clock)) {
      Stream.generate(HttpRegistryLoginTest::wantsPassword)
          .limit(4)
          .forEach(refusal -> server.on("GET", "/v2/", refusal));
      server.on("GET", "/v2/", answer(200));

      for (int probe = 0; probe < 30; probe++) {
        assertThatThrownBy(registry::ping)
            .isInstanceOf(Parked.class)
            .hasMessageContaining(folder.resolve("auth.json").toString());
        clock.pass(Duration.ofSeconds(12));
      }
      login(server.address(), "new");
      registry.ping();

      assertThat(sent(server))
          .containsExactly("-", basic("old"), basic("old"), basic("old"), basic("new"));
    }
  }

  @Test
  void sparesATokenServerThePasswordItRefused() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on("GET", "/v2/", wantsToken(server));
      server.on("GET", "/token?service=site", answer(401));
      server.on("GET", "/token?service=site", answer(401));

      for (int probe = 0; probe < 5; probe++) {
        assertThatThrownBy(registry::ping).isInstanceOf(Parked.class);
      }

      assertThat(sent(server)).containsExactly("-", basic(CANARY), basic(CANARY));
    }
  }

  @Test
  void saysWhereItLookedForAPassword() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("HEAD", V1, wantsPassword());

      assertThatThrownBy(() -> registry.tagged(APP, TAG))
          .isInstanceOf(Parked.class)
          .hasMessageContaining("there are none for it in any of " + folder.resolve("auth.json"));
    }
  }

  @Test
  void getsATokenForEachRepositoryAndUsesItUntilItIsOld() throws IOException {
    StandingClock clock = StandingClock.halfway();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)), clock)) {
      server.on("HEAD", V1, wantsToken(server));
      server.on("GET", TOKEN, token("one", 300));
      server.on("HEAD", V1, answer(404));
      server.on("HEAD", V1, answer(404));
      server.on("GET", TOKEN, token("two", 300));
      server.on("HEAD", V1, answer(404));

      registry.tagged(APP, TAG);
      clock.pass(Duration.ofSeconds(239));
      registry.tagged(APP, TAG);
      clock.pass(Duration.ofSeconds(2));
      registry.tagged(APP, TAG);

      assertThat(sent(server))
          .containsExactly(
              "-", basic(CANARY), "Bearer one", "Bearer one", basic(CANARY), "Bearer two");
    }
  }

  @Test
  void keepsAShortTokenForAtLeastFortyEightSeconds() throws IOException {
    StandingClock clock = StandingClock.halfway();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()), clock)) {
      server.on("HEAD", V1, wantsToken(server));
      server.on("GET", TOKEN, token("one", 1));
      server.on("HEAD", V1, answer(404));
      server.on("HEAD", V1, answer(404));

      registry.tagged(APP, TAG);
      clock.pass(Duration.ofSeconds(47));
      registry.tagged(APP, TAG);

      assertThat(sent(server)).containsExactly("-", "-", "Bearer one", "Bearer one");
    }
  }

  @Test
  void asksToReadTheOtherRepositoryWhenItMounts() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("POST", MOUNT, wantsToken(server));
      server.on("GET", TOKEN + AND_OTHER, token("one", 300));
      server.on("POST", MOUNT, answer(201));

      assertThat(registry.mount(APP, HELLO_DIGEST, OTHER)).isTrue();
    }
  }

  @Test
  void sendsABlobThatATokenDoesNotLetItMount() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on("POST", MOUNT, wantsToken(server));
      server.on("GET", TOKEN + AND_OTHER, token("one", 300));
      server.on("POST", MOUNT, insufficient(server));
      server.on("GET", TOKEN, token("two", 300));
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + HELLO_DIGEST, answer(201));

      assertThat(registry.mount(APP, HELLO_DIGEST, OTHER)).isFalse();
      registry.send(APP, HELLO_DIGEST, 5, offset -> new ByteArrayInputStream(HELLO));
    }
  }

  @Test
  void keepsAPasswordThatLetsItMountNothing() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on("GET", "/v2/", wantsPassword()).on("GET", "/v2/", answer(200));
      server.on("POST", MOUNT, wantsPassword()).on("POST", MOUNT, wantsPassword());
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + HELLO_DIGEST, answer(201));

      registry.ping();
      assertThat(registry.mount(APP, HELLO_DIGEST, OTHER)).isFalse();
      registry.send(APP, HELLO_DIGEST, 5, offset -> new ByteArrayInputStream(HELLO));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void sendsABlobWhoseMountGetsNoToken(int status) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on("POST", MOUNT, wantsToken(server));
      for (int times = 0; times < 3; times++) {
        server.on("GET", TOKEN + AND_OTHER, ScriptedRegistry.error(status, "DENIED", "no"));
        server.on("GET", TOKEN, token("proof", 300));
      }
      server.on("GET", TOKEN, token("one", 300));
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + HELLO_DIGEST, answer(201));

      for (int times = 0; times < 3; times++) {
        assertThat(registry.mount(APP, HELLO_DIGEST, OTHER)).isFalse();
      }
      registry.send(APP, HELLO_DIGEST, 5, offset -> new ByteArrayInputStream(HELLO));
    }
  }

  @Test
  void parksAMountWithAWrongPasswordAfterTwoLogins() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on("POST", MOUNT, wantsToken(server));
      server.on("GET", TOKEN + AND_OTHER, answer(401));
      server.on("GET", TOKEN, answer(401));

      for (int times = 0; times < 3; times++) {
        assertThatThrownBy(() -> registry.mount(APP, HELLO_DIGEST, OTHER))
            .extracting(thrown -> ((Failure) thrown).code())
            .isEqualTo(Code.REGISTRY_AUTH);
      }
    }
  }

  private static ScriptedRegistry.Reaction insufficient(ScriptedRegistry server) {
    return answer(401)
        .with(
            "WWW-Authenticate: Bearer realm=\"http://"
                + server.address()
                + "/token\",service=\"site\",error=\"insufficient_scope\"");
  }

  @Test
  void startsAnUploadOverWhenItsTokenRunsOut() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("POST", UPLOADS, wantsToken(server));
      server.on("GET", TOKEN, token("one", 300));
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + HELLO_DIGEST, wantsToken(server));
      server.on("GET", TOKEN, token("two", 300));
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/t"));
      server.on("PUT", "/v2/t?digest=" + HELLO_DIGEST, answer(201));

      registry.send(APP, HELLO_DIGEST, 5, offset -> new ByteArrayInputStream(HELLO));

      assertThat(server.seen(6).body()).isEqualTo("hello");
    }
  }

  @Test
  void sendsAPieceAgainThatWasRefusedBecauseItsTokenRanOut() throws IOException {
    byte[] blob = new byte[200_000];
    Digest digest = Digest.of(blob);
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + digest, answer(413));
      server.on("HEAD", "/v2/lab/app/blobs/" + digest, answer(404));
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PATCH", "/v2/s", answer(202).with("Location: /v2/t"));
      server.on("PATCH", "/v2/t", wantsToken(server));
      server.on("GET", TOKEN, token("two", 300));
      server.on("PATCH", "/v2/t", answer(202).with("Range: 0-199999"));
      server.on("PUT", "/v2/t?digest=" + digest, answer(201));

      registry.send(
          APP,
          digest,
          blob.length,
          offset -> new ByteArrayInputStream(blob, (int) offset, blob.length));

      assertThat(server.seen(7).header("Authorization")).contains("Bearer two");
      assertThat(server.seen(7).header("Content-Range")).contains("131072-199999");
    }
  }

  @Test
  void parksWhenAFreshTokenDoesNotHelpAPiece() throws IOException {
    byte[] blob = new byte[200_000];
    Digest digest = Digest.of(blob);
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + digest, answer(413));
      server.on("HEAD", "/v2/lab/app/blobs/" + digest, answer(404));
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PATCH", "/v2/s", wantsToken(server));
      server.on("GET", TOKEN, token("two", 300));
      server.on("PATCH", "/v2/s", wantsToken(server));

      assertThatThrownBy(
              () ->
                  registry.send(APP, digest, blob.length, offset -> new ByteArrayInputStream(blob)))
          .isInstanceOf(Parked.class)
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REGISTRY_AUTH);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 431, 494})
  void saysThatATokenIsTooLongForAHeader(int status) throws IOException {
    String long9000 = "x".repeat(9000);
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("HEAD", V1, wantsToken(server));
      server.on("GET", TOKEN, token(long9000, 300));
      server.on("HEAD", V1, answer(status));

      assertThatThrownBy(() -> registry.tagged(APP, TAG))
          .isInstanceOf(Parked.class)
          .hasMessageContaining("credentials of 9007 characters")
          .hasMessageContaining("no header above 8192")
          .hasMessageNotContaining("xxx")
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REGISTRY_AUTH);
    }
  }

  @Test
  void blamesNoTokenForWhatARegistrySaysOfTheThingItself() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("PUT", V1, wantsToken(server));
      server.on("GET", TOKEN, token("x".repeat(9000), 300));
      server.on("PUT", V1, ScriptedRegistry.error(400, "MANIFEST_BLOB_UNKNOWN", ""));

      assertThatThrownBy(() -> registry.put(APP, "v1", Sites.MANIFEST))
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REFERENCE_UNKNOWN);
    }
  }

  @Test
  void getsTheNextTokenWithThePasswordOfTheDay() throws IOException {
    StandingClock clock = StandingClock.halfway();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), "old")), clock)) {
      server.on("HEAD", V1, wantsToken(server));
      server.on("GET", TOKEN, token("one", 300));
      server.on("HEAD", V1, answer(404));
      server.on("GET", TOKEN, token("two", 300));
      server.on("HEAD", V1, answer(404));

      registry.tagged(APP, TAG);
      login(server.address(), "new");
      clock.pass(Duration.ofSeconds(250));
      registry.tagged(APP, TAG);

      assertThat(sent(server))
          .containsExactly("-", basic("old"), "Bearer one", basic("new"), "Bearer two");
    }
  }

  @Test
  void parksWhenAFreshTokenOpensNothing() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("HEAD", V1, wantsToken(server));
      server.on("GET", TOKEN, token("one", 300));
      server.on("HEAD", V1, wantsToken(server));

      assertThatThrownBy(() -> registry.tagged(APP, TAG))
          .isInstanceOf(Parked.class)
          .hasMessageContaining("there are no credentials for " + server.address());
    }
  }

  @Test
  void parksWhenTheTokenServerRefusesThePassword() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on("GET", "/v2/", wantsToken(server));
      server.on("GET", "/token?service=site", answer(401, "{\"details\": \"wrong\"}"));

      assertThatThrownBy(registry::ping)
          .isInstanceOf(Parked.class)
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REGISTRY_AUTH);
    }
  }

  @Test
  void asksATokenServerAgainThatStumbles() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("HEAD", V1, wantsToken(server));
      server.on("GET", TOKEN, answer(503));
      server.on("GET", TOKEN, answer(200, "{\"access_token\": \"one\"}"));
      server.on("HEAD", V1, answer(404));

      registry.tagged(APP, TAG);

      assertThat(server.seen(3).header("Authorization")).contains("Bearer one");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "503, text/plain, busy, REGISTRY_DOWN, the token server answered 503: busy",
    "503, text/html, <p>busy</p>, REGISTRY_DOWN, the token server answered 503 with a web page: busy",
    "200, text/html, <p>hi</p>, REGISTRY_MISCONFIGURED, the token server answered 200 with a web",
    "404, text/plain, none, REGISTRY_AUTH, the token server answered 404: none"
  })
  void saysThatItIsTheTokenServerThatFails(
      int status, String type, String body, Code code, String sentence) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("GET", "/v2/", wantsToken(server));
      server.on("GET", "/token?service=site", answer(status, body).with("Content-Type: " + type));

      assertThatThrownBy(registry::ping)
          .hasMessageContaining(sentence)
          .hasMessageContaining(
              "that is http://" + server.address() + "/token, which the registry names for logins")
          .hasMessageNotContaining("the registry answered")
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(code);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "not json", "{\"token\": \"two\\nlines\"}", ""})
  void parksWhenATokenServerGivesNone(String answer) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), nobody()))) {
      server.on("HEAD", V1, wantsToken(server));
      server.on("GET", TOKEN, answer(200, answer));

      assertThatThrownBy(() -> registry.tagged(APP, TAG))
          .isInstanceOf(Parked.class)
          .hasMessageContaining("without a token");
    }
  }

  @Test
  void sendsNoPasswordAfterARedirectOfTheTokenServer() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        ScriptedRegistry decoy = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on("HEAD", V1, wantsToken(server));
      server.on("GET", TOKEN, answer(307).with("Location: http://" + decoy.address() + "/token"));

      assertThatThrownBy(() -> registry.tagged(APP, TAG)).isInstanceOf(Parked.class);
      assertThat(decoy.seen()).isEmpty();
    }
  }

  @Test
  void asksNobodyElseForWhatIsRedirected() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        ScriptedRegistry decoy = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      String there = "Location: http://" + decoy.address() + "/storage?signature=" + CANARY;
      server.on("GET", V1, wantsPassword());
      server.on("GET", V1, answer(307).with(there));
      server.on("HEAD", "/v2/lab/app/blobs/" + HELLO_DIGEST, answer(307).with(there));

      Throwable thrown = catchThrowable(() -> registry.manifest(APP, "v1"));
      boolean held = registry.holds(APP, HELLO_DIGEST, 5);

      assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_MISCONFIGURED);
      assertThat(thrown).hasMessageContaining(decoy.address());
      assertThat(thrown.getMessage()).doesNotContain(CANARY);
      assertThat(held).isTrue();
      assertThat(decoy.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://HERE/token", "http://ci:pw@HERE/token", "/token", "::", "http:///token"})
  void sendsNothingToAnUnfitTokenServer(String realm) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            Sites.open(Sites.plain(server.address(), login(server.address(), CANARY)))) {
      server.on(
          "HEAD",
          V1,
          answer(401)
              .with(
                  "WWW-Authenticate: Bearer realm=\""
                      + realm.replace("HERE", server.address())
                      + "\""));

      assertThatThrownBy(() -> registry.tagged(APP, TAG))
          .isInstanceOf(Parked.class)
          .hasMessageContaining("nothing was sent");
    }
  }

  @Test
  void exchangesARefreshTokenInsteadOfShowingIt() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http()) {
      Path file =
          Files.writeString(
              folder.resolve("config.json"),
              "{\"auths\": {\""
                  + server.address()
                  + "\": {\"auth\": \"Y2k6\", \"identitytoken\": \"refresh-me\"}}}");
      server.on("HEAD", V1, wantsToken(server));
      server.on("POST", "/token", answer(200, "{\"access_token\": \"one\"}"));
      server.on("HEAD", V1, answer(404));
      try (HttpRegistry registry = Sites.open(Sites.plain(server.address(), file))) {

        registry.tagged(APP, TAG);

        assertThat(sent(server)).containsExactly("-", "-", "Bearer one");
        assertThat(server.seen(1).body())
            .contains("grant_type=refresh_token", "refresh_token=refresh-me", "service=site");
      }
    }
  }

  static Stream<String> garbage() {
    return Stream.of("", "{", "[]", "{\"auths\": 5", "nonsense " + CANARY);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("garbage")
  void namesAnAuthFileItCannotRead(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("auth.json"), content);
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address(), file))) {
      server.on("HEAD", V1, wantsPassword());

      Throwable thrown = catchThrowable(() -> registry.tagged(APP, TAG));

      assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_AUTH);
      assertThat(thrown).hasMessageContaining(file.toString());
      assertThat(thrown.getMessage()).doesNotContain(CANARY);
    }
  }
}
