package landfall.registry;

import static landfall.registry.ScriptedRegistry.answer;
import static landfall.registry.ScriptedRegistry.error;
import static landfall.registry.ScriptedRegistry.reset;
import static landfall.registry.Sites.APP;
import static landfall.registry.Sites.HELLO;
import static landfall.registry.Sites.HELLO_DIGEST;
import static landfall.registry.Sites.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.registry.fault.Pause;
import landfall.registry.fault.Remedy;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRegistryFaultTest {
  private static final String BLOB = "/v2/lab/app/blobs/" + HELLO_DIGEST;
  private static final String UPLOADS = "/v2/lab/app/blobs/uploads/";
  private static final String FINISH = "/v2/s?digest=" + HELLO_DIGEST;
  private static final String LATEST = "/v2/lab/app/manifests/latest";
  private static final BlobSource SOURCE = offset -> new ByteArrayInputStream(HELLO);

  private static ScriptedRegistry.Reaction session() {
    return answer(202).with("Location: /v2/s");
  }

  private static Code code(Runnable call) {
    Throwable thrown = catchThrowable(call::run);
    assertThat(thrown).isInstanceOf(Failure.class);
    return ((Failure) thrown).code();
  }

  @Test
  void asksAgainWhenAConnectionIsReset() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("HEAD", BLOB, reset());
      server.on("HEAD", BLOB, answer(200).with("Content-Length: 5"));

      assertThat(registry.holds(APP, HELLO_DIGEST, 5)).isTrue();
    }
  }

  private static void failAtMounting(ScriptedRegistry server) {
    for (int each = 0; each < Remedy.BUDGET; each++) {
      server.on("POST", UPLOADS + "?mount=" + HELLO_DIGEST + "&from=lab/other", answer(503));
    }
  }

  @Test
  void sendsABlobToWhoeverFailsAtMountingIt() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      failAtMounting(server);
      server.on("GET", "/v2/", answer(200));

      assertThat(registry.mount(APP, HELLO_DIGEST, Sites.OTHER)).isFalse();
    }
  }

  @Test
  void parksWhereNobodyAnswersWhoIsAskedToMount() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      failAtMounting(server);
      server.on("GET", "/v2/", answer(503));

      assertThat(code(() -> registry.mount(APP, HELLO_DIGEST, Sites.OTHER)))
          .isEqualTo(Code.REGISTRY_DOWN);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 100000", "300, 10"})
  void saysThatTheHeadersOfAnAnswerAreTooLarge(int count, int length) throws IOException {
    ScriptedRegistry.Reaction large = answer(200);
    for (int i = 0; i < count; i++) {
      large = large.with("X-" + i + ": " + "x".repeat(length));
    }
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("HEAD", BLOB, large).on("HEAD", BLOB, large);

      assertThatThrownBy(() -> registry.holds(APP, HELLO_DIGEST, 5))
          .hasMessageContaining("a header larger than 65536 bytes, or more than 200 of them")
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REGISTRY_MISCONFIGURED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "X-Sparse-Manifest-Support: 1, lab/app, too long, what it refuses is the name lab/app",
    "X-Sparse-Manifest-Support: 1, lab/app, Nested names are not supported, maxNestedPaths: 2",
    "X-Sparse-Manifest-Support: 1, lab/a/b, invalid, maxNestedPaths: 2",
    "X-Of-Nobody: 1, lab/a/b, Nested names are not supported, it takes names of fewer parts",
    "X-Of-Nobody: 1, lab/a/b, invalid, what it refuses is the name lab/a/b"
  })
  void hintsAtDepthOnlyWhereANameIsTooDeep(String sign, String name, String words, String hint)
      throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", "/v2/", answer(200).with(sign));
      server.on(
          "POST", "/v2/" + name + "/blobs/uploads/", error(400, "NAME_INVALID", words).with(sign));

      registry.ping();
      Throwable thrown =
          catchThrowable(() -> registry.send(new RepositoryName(name), HELLO_DIGEST, 5, SOURCE));

      assertThat(((Failure) thrown).code()).isEqualTo(Code.NAME_REJECTED);
      assertThat(thrown.getMessage()).contains(hint).satisfies(said -> isNoGuess(said, hint));
    }
  }

  private static void isNoGuess(String said, String hint) {
    assertThat(said.contains("maxNestedPaths")).isEqualTo(!hint.startsWith("what it refuses"));
  }

  @Test
  void opensAnotherSessionWhenTheAnswerToTheFirstIsLost() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, reset());
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, answer(201));

      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen()).hasSize(3);
    }
  }

  @Test
  void looksForABlobWhoseUploadWasCutAndFindsIt() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, reset());
      server.on("HEAD", BLOB, answer(200).with("Content-Length: 5"));

      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen()).hasSize(3);
      assertThat(registry.slowdowns()).isZero();
    }
  }

  @Test
  void sendsABlobFromItsFirstByteInANewSessionWhenItsUploadWasCut() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, reset());
      server.on("HEAD", BLOB, answer(404));
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/second"));
      server.on("PUT", "/v2/second?digest=" + HELLO_DIGEST, answer(201));

      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen(4).body()).isEqualTo("hello");
    }
  }

  @Test
  void readsATagBackWhenTheAnswerToItsWritingIsLost() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("PUT", LATEST, reset());
      server.on("GET", LATEST, answer(200, "{ \"schemaVersion\": 2 }\n"));

      registry.put(APP, "latest", MANIFEST);

      assertThat(server.seen()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "409, TAG_IMMUTABLE, hello, TAG_CONFLICT",
    "412, PRECONDITION, hello, TAG_CONFLICT",
    "400, TAG_INVALID, hello, TAG_CONFLICT"
  })
  void leavesATagAloneThatMayNotMove(int status, String error, String holds, Code code)
      throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("PUT", LATEST, error(status, error, "tag is immutable"));
      server.on("GET", LATEST, answer(200, holds));

      assertThat(code(() -> registry.put(APP, "latest", MANIFEST))).isEqualTo(code);
    }
  }

  @Test
  void isContentWithAnImmutableTagThatIsOurs() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("PUT", LATEST, error(409, "TAG_IMMUTABLE", ""));
      server.on("GET", LATEST, answer(200, "{ \"schemaVersion\": 2 }\n"));

      registry.put(APP, "latest", MANIFEST);

      assertThat(server.seen()).hasSize(2);
    }
  }

  @Test
  void putsAManifestAgainThatWasStoredAltered() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("PUT", LATEST, answer(201).with("Docker-Content-Digest: " + HELLO_DIGEST));
      server.on("GET", LATEST, answer(200, "hello"));
      server.on("GET", LATEST, answer(200, "hello"));
      server.on("PUT", LATEST, answer(201).with("Docker-Content-Digest: " + MANIFEST.digest()));

      registry.put(APP, "latest", MANIFEST);

      assertThat(server.seen()).hasSize(4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, '', REGISTRY_INCONSISTENT",
    "200, '', REGISTRY_INCONSISTENT",
    "200, '{ \"schemaVersion\"', REGISTRY_INCONSISTENT",
    "200, 'hello', REGISTRY_ALTERED",
    "200, '{ \"schemaVersion\": 2 , \"and\": \"more\" }', REGISTRY_ALTERED"
  })
  void tellsAManifestThatIsLostFromOneThatIsAltered(int status, String body, Code code)
      throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      for (int i = 0; i < 3; i++) {
        server.on("PUT", LATEST, answer(201).with("Docker-Content-Digest: " + HELLO_DIGEST));
        server.on("GET", LATEST, answer(status, body));
        server.on("GET", LATEST, answer(status, body));
      }

      assertThat(code(() -> registry.put(APP, "latest", MANIFEST))).isEqualTo(code);
    }
  }

  @Test
  void believesTheBytesMoreThanTheHeader() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("PUT", LATEST, answer(201).with("Docker-Content-Digest: sha512:00"));
      server.on("GET", LATEST, answer(200, "{ \"schemaVersion\": 2 }\n"));

      registry.put(APP, "latest", MANIFEST);

      assertThat(server.seen()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "413, '', PROXY_BODY_LIMIT",
    "405, UNSUPPORTED, REGISTRY_READONLY",
    "403, DENIED, REGISTRY_DENIED",
    "507, '', REGISTRY_FULL",
    "501, '', REGISTRY_MISCONFIGURED",
    "301, '', NAME_REJECTED"
  })
  void givesAnUploadUpAtOnceWhereTryingCannotHelp(int status, String error, Code code)
      throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, error(status, error, "").with("Location: /v2/x"));

      assertThat(code(() -> registry.send(APP, HELLO_DIGEST, 5, SOURCE))).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, NAME_UNKNOWN, REPO_MISSING",
    "400, NAME_INVALID, NAME_REJECTED",
    "404, '', NAME_REJECTED",
    "401, UNAUTHORIZED, REGISTRY_AUTH"
  })
  void givesAnUploadUpThatMayNotBegin(int status, String error, Code code) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, error(status, error, "no"));

      assertThat(code(() -> registry.send(APP, HELLO_DIGEST, 5, SOURCE))).isEqualTo(code);
    }
  }

  @Test
  void parksAtOnceWhenTheStorageIsFull() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, error(500, "UNKNOWN", "write: no space left on device"));

      assertThat(code(() -> registry.send(APP, HELLO_DIGEST, 5, SOURCE)))
          .isEqualTo(Code.REGISTRY_FULL);
    }
  }

  @Test
  void hearsAnAnswerThatComesWhileItIsStillSending() throws IOException {
    byte[] large = new byte[64 << 20];
    Digest digest = Digest.of(large);
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", "/v2/s?digest=" + digest, answer(403, "no").early());

      Code code =
          code(
              () ->
                  registry.send(
                      APP, digest, large.length, offset -> new ByteArrayInputStream(large)));

      assertThat(code).isEqualTo(Code.REGISTRY_DENIED);
      assertThat(registry.traffic().blobBytes()).isLessThan(large.length);
    }
  }

  @Test
  void endsAnUploadOfWhichNothingIsTaken() throws IOException {
    byte[] large = new byte[32 << 20];
    Digest digest = Digest.of(large);
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", "/v2/s?digest=" + digest, ScriptedRegistry.silence());
      server.on("HEAD", "/v2/lab/app/blobs/" + digest, answer(403));

      Throwable thrown =
          catchThrowable(
              () ->
                  registry.send(
                      APP, digest, large.length, offset -> new ByteArrayInputStream(large)));

      assertThat(thrown).isInstanceOf(Failure.class);
      assertThat(server.seen()).hasSize(3);
    }
  }

  @Test
  void waitsAsLongAsTheRegistryAsks() throws IOException {
    StandingClock clock = StandingClock.halfway();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()), clock)) {
      server.on("HEAD", LATEST, answer(429).with("Retry-After: 90"));
      server.on("HEAD", LATEST, answer(503).with("Retry-After: Sun, 22 Nov 2026 12:03:00 GMT"));
      server.on("HEAD", LATEST, answer(404));

      assertThat(registry.tagged(APP, new Tag("latest"))).isEmpty();
      assertThat(clock.passed()).isBetween(Duration.ofSeconds(180), Duration.ofSeconds(182));
    }
  }

  @Test
  void hashesItsOwnBytesWhenTheRegistryFindsThemWrong() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, error(400, "DIGEST_INVALID", "provided digest did not match"));

      assertThatThrownBy(
              () ->
                  registry.send(
                      APP,
                      HELLO_DIGEST,
                      5,
                      offset ->
                          new ByteArrayInputStream(
                              "hullo".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
          .isInstanceOf(Rejected.class)
          .hasMessageContaining("the archive now gives bytes of digest sha256:");
    }
  }

  @Test
  void sendsGoodBytesAgainThatTheRegistryFoundWrong() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, error(400, "DIGEST_INVALID", ""));
      server.on("HEAD", BLOB, answer(404));
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, answer(201));

      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen()).hasSize(5);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, gives more than the 4 bytes", "6, gives only 5 of 6 bytes"})
  void rejectsAnArchiveOfWhichABlobHasAnotherLength(int size, String sentence) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session()).tolerating("PUT", FINISH);

      assertThatThrownBy(() -> registry.send(APP, HELLO_DIGEST, size, SOURCE))
          .isInstanceOf(Rejected.class)
          .hasMessageContaining(sentence);
    }
  }

  @Test
  void parksWhenTheMediumCannotBeReadAgainAndAgain() throws IOException {
    AtomicInteger opened = new AtomicInteger();
    BlobSource broken =
        offset -> {
          opened.incrementAndGet();
          return new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("Input/output error");
            }

            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
              throw new IOException("Input/output error");
            }
          };
        };
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.tolerating("PUT", FINISH);
      for (int i = 0; i < 4; i++) {
        server.on("POST", UPLOADS, session());
      }

      Throwable thrown = catchThrowable(() -> registry.send(APP, HELLO_DIGEST, 5, broken));

      assertThat(((Failure) thrown).code()).isEqualTo(Code.MEDIA_UNREADABLE);
      assertThat(thrown).hasMessageContaining("byte 0").hasMessageContaining("Input/output");
      assertThat(opened).hasValue(4);
    }
  }

  @Test
  void noticesABlobWhoseSizeStaysWrong() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("HEAD", BLOB, answer(200).with("Content-Length: 3"));
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, answer(201));
      server.on("HEAD", BLOB, answer(200).with("Content-Length: 3"));

      boolean held = registry.holds(APP, HELLO_DIGEST, 5);
      Code code = code(() -> registry.send(APP, HELLO_DIGEST, 5, SOURCE));

      assertThat(held).isFalse();
      assertThat(code).isEqualTo(Code.REGISTRY_CORRUPT);
    }
  }

  @Test
  void followsTheRegistryWithinItselfOnly() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, answer(307).with("Location: /node-2/s?x=%2F"));
      server.on("PUT", "/node-2/s?x=%2F", answer(201));

      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen(2).body()).isEqualTo("hello");
    }
  }

  @Test
  void followsNoCircle() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      for (int i = 0; i < 6; i++) {
        server.on("GET", LATEST, answer(307).with("Location: " + LATEST));
      }

      assertThat(code(() -> registry.manifest(APP, "latest")))
          .isEqualTo(Code.REGISTRY_MISCONFIGURED);
    }
  }

  @Test
  void parksWhenARegistryRefusesEveryManifestOfACommonType() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      for (int i = 0; i < 3; i++) {
        server.on("PUT", LATEST, error(415, "MANIFEST_INVALID", "unsupported"));
      }

      Code first = code(() -> registry.put(APP, "latest", MANIFEST));
      Code second = code(() -> registry.put(APP, "latest", MANIFEST));
      Code third = code(() -> registry.put(APP, "latest", MANIFEST));

      assertThat(first).isEqualTo(Code.MEDIATYPE_REJECTED);
      assertThat(second).isEqualTo(Code.MEDIATYPE_REJECTED);
      assertThat(third).isEqualTo(Code.REGISTRY_MEDIATYPE);
    }
  }

  @Test
  void blamesNoRegistryForAnExoticType() throws IOException {
    RawManifest chart = new RawManifest("application/x-exotic", HELLO);
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      for (int i = 0; i < 4; i++) {
        server.on("PUT", LATEST, answer(415));
        assertThat(code(() -> registry.put(APP, "latest", chart)))
            .isEqualTo(Code.MEDIATYPE_REJECTED);
      }
    }
  }

  @Test
  void tellsWithinFiveSecondsThatNobodyListens() throws IOException {
    int free;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = taken.getLocalPort();
    }
    long start = System.nanoTime();
    try (HttpRegistry registry = Sites.open(Sites.plain("127.0.0.1:" + free), Pause.real())) {
      Throwable thrown = catchThrowable(() -> registry.holds(APP, HELLO_DIGEST, 5));

      assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_DOWN);
      assertThat(thrown).hasMessageContaining("127.0.0.1:" + free);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void cleansWhatTheRegistrySays() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, answer(405, "\u001b[31mred\nline\u202e" + "x".repeat(5000)));

      Throwable thrown = catchThrowable(() -> registry.send(APP, HELLO_DIGEST, 5, SOURCE));

      assertThat(thrown.getMessage())
          .contains("[31mred line")
          .doesNotContain("\u001b", "\n", "\u202e")
          .hasSizeLessThan(700);
    }
  }

  @Test
  void keepsBelowItsCap() throws IOException {
    byte[] blob = new byte[300_000];
    Digest digest = Digest.of(blob);
    StandingClock clock = StandingClock.halfway();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(capped(server.address(), 100_000), clock)) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", "/v2/s?digest=" + digest, answer(201));

      registry.send(APP, digest, blob.length, offset -> new ByteArrayInputStream(blob));

      assertThat(clock.passed()).isBetween(Duration.ofMillis(2800), Duration.ofMillis(3000));
    }
  }

  private static Target capped(String registry, long bytesPerSecond) {
    Target plain = Sites.plain(registry);
    return new Target(
        plain.name(),
        registry,
        Optional.empty(),
        plain.security(),
        0,
        new Target.Limits(1, 4, 16, bytesPerSecond));
  }
}
