package landfall.registry;

import static landfall.registry.ScriptedRegistry.answer;
import static landfall.registry.ScriptedRegistry.error;
import static landfall.registry.ScriptedRegistry.reset;
import static landfall.registry.Sites.APP;
import static landfall.registry.Sites.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.registry.fault.WriteFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRegistryPiecesTest {
  private static final int KIB = 1024;
  private static final byte[] BLOB = random(200 * KIB);
  private static final Digest DIGEST = Digest.of(BLOB);
  private static final String UPLOADS = "/v2/lab/app/blobs/uploads/";
  private static final String HERE = "/v2/lab/app/blobs/" + DIGEST;
  private static final String FINISH = "/v2/s?digest=" + DIGEST;

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static BlobSource source(byte[] bytes) {
    return offset -> {
      InputStream in = new ByteArrayInputStream(bytes);
      in.skipNBytes(offset);
      return in;
    };
  }

  private static void send(HttpRegistry registry) {
    send(registry, APP, BLOB);
  }

  private static void send(HttpRegistry registry, RepositoryName repository, byte[] blob) {
    registry.send(repository, Digest.of(blob), blob.length, source(blob));
  }

  private static Failure failure(HttpRegistry registry) {
    return catchThrowableOfType(Failure.class, () -> send(registry));
  }

  private static ScriptedRegistry.Reaction session() {
    return session("/v2/s");
  }

  private static ScriptedRegistry.Reaction session(String location) {
    return answer(202).with("Location: " + location);
  }

  private static ScriptedRegistry.Reaction took(String location, int bytes) {
    return session(location).with("Range: 0-" + (bytes - 1));
  }

  /** The whole blob is refused, and nothing of it is there. */
  private static void refusesTheWhole(ScriptedRegistry server) {
    server.on("POST", UPLOADS, session());
    server.on("PUT", FINISH, answer(413, "<html>too large</html>"));
    server.on("HEAD", HERE, answer(404));
  }

  private static List<String> ranges(ScriptedRegistry server) {
    return server.seen().stream()
        .filter(seen -> seen.method().equals("PATCH"))
        .map(seen -> seen.path() + " " + seen.header("Content-Range").orElseThrow())
        .toList();
  }

  private static byte[] received(ScriptedRegistry server) {
    StringBuilder all = new StringBuilder();
    server.seen().stream()
        .filter(seen -> seen.method().equals("PATCH"))
        .forEach(seen -> all.append(seen.body()));
    return all.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void goesOnInPiecesWhereAWholeBlobIsTooLarge() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session("/v2/one?state=a%2Fb"));
      server.on("PATCH", "/v2/one?state=a%2Fb", took("/v2/two", 128 * KIB));
      server.on("PATCH", "/v2/two", took("/v2/three?x", BLOB.length));
      server.on("PUT", "/v2/three?x&digest=" + DIGEST, answer(201));

      send(registry);

      assertThat(ranges(server))
          .containsExactly("/v2/one?state=a%2Fb 0-131071", "/v2/two 131072-204799");
      assertThat(received(server)).isEqualTo(BLOB);
      assertThat(server.seen(6).header("Content-Length")).contains("0");
    }
  }

  @ParameterizedTest
  @CsvSource({"429, 0-131071", "503, 0-131072", "500, bytes=0-131071"})
  void goesOnInTheSessionWhereABusyServerRefusedAPieceUnseen(int status, String range)
      throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session("/v2/one"));
      server.on("PATCH", "/v2/one", took("/v2/two", 128 * KIB));
      server.on("PATCH", "/v2/two", answer(status, "busy"));
      server.on("HEAD", HERE, answer(404));
      server.on("GET", "/v2/two", answer(503));
      server.on("GET", "/v2/two", answer(204).with("Range: " + range));
      server.on("PATCH", "/v2/two", took("/v2/s", BLOB.length));
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(ranges(server))
          .containsExactly("/v2/one 0-131071", "/v2/two 131072-204799", "/v2/two 131072-204799");
    }
  }

  @ParameterizedTest
  @CsvSource({"204, 0-99999", "204, 0-0", "204, ''", "404, ''", "405, ''"})
  void beginsAnewWhereTheServerHasLostThePiecesBefore(int status, String range) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session("/v2/one"));
      server.on("PATCH", "/v2/one", took("/v2/two", 128 * KIB));
      server.on("PATCH", "/v2/two", answer(503, "busy"));
      server.on("HEAD", HERE, answer(404));
      server.on("GET", "/v2/two", answer(status).with("Range: " + range));
      server.on("POST", UPLOADS, session("/v2/other"));
      server.on("PATCH", "/v2/other", took("/v2/other", 128 * KIB));
      server.on("PATCH", "/v2/other", took("/v2/s", BLOB.length));
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(ranges(server)).hasSize(4).last().isEqualTo("/v2/other 131072-204799");
    }
  }

  @Test
  void remembersForOtherBlobsWhatOneFoundOut() throws IOException {
    byte[] another = random(129 * KIB);
    byte[] small = random(128 * KIB);
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", session());
      server.on("PATCH", "/v2/s", session());
      server.on("PUT", FINISH, answer(201));
      server.on("POST", "/v2/lab/other/blobs/uploads/", session());
      server.on("PATCH", "/v2/s", session());
      server.on("PATCH", "/v2/s", session());
      server.on("PUT", "/v2/s?digest=" + Digest.of(another), answer(201));
      server.on("POST", UPLOADS, session());
      server.on("PUT", "/v2/s?digest=" + Digest.of(small), answer(201));

      send(registry);
      send(registry, OTHER, another);
      send(registry, APP, small);

      assertThat(server.seen(12).header("Content-Length")).contains("131072");
    }
  }

  @Test
  void triesSmallerAndSmallerPieces() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", answer(413));
      server.on("HEAD", HERE, answer(404));
      server.on("POST", UPLOADS, session());
      for (int i = 0; i < 4; i++) {
        server.on("PATCH", "/v2/s", session());
      }
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(ranges(server))
          .containsExactly(
              "/v2/s 0-131071",
              "/v2/s 0-65535",
              "/v2/s 65536-131071",
              "/v2/s 131072-196607",
              "/v2/s 196608-204799");
    }
  }

  @Test
  void parksWhereNotEvenSmallPiecesPassAndSaysWhatDid() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", answer(413));
      server.on("HEAD", HERE, answer(404));
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", answer(413));

      Failure failure = failure(registry);

      assertThat(failure.code()).isEqualTo(Code.PROXY_BODY_LIMIT);
      assertThat(failure)
          .hasMessageContaining("a body of 65536 bytes is too large")
          .hasMessageContaining("the largest it has taken lately had 0");
      assertThat(WriteFault.behind(failure.evidence()))
          .contains(new WriteFault(Code.PROXY_BODY_LIMIT, APP));
    }
  }

  @Test
  void triesWholeBlobsAgainOnceTheProxyIsSaidToBeRepaired() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", answer(405));
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", session());
      server.on("DELETE", "/v2/s", answer(204));
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, answer(201));

      Failure failure = failure(registry);
      registry.tryWrite(new WriteFault(Code.PROXY_BODY_LIMIT, APP));
      send(registry);

      assertThat(failure.code()).isEqualTo(Code.REGISTRY_READONLY);
      assertThat(server.seen(6).body()).hasSize(64 * KIB);
    }
  }

  @Test
  void believesTheRegistryMoreThanItself() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", session().with("Range: bytes=0-99999"));
      server.on("PATCH", "/v2/s", took("/v2/s", BLOB.length));
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(ranges(server)).containsExactly("/v2/s 0-131071", "/v2/s 100000-204799");
    }
  }

  @ParameterizedTest
  @CsvSource({"0-131071", "0-131072", "bytes=0-131071", "nonsense", "''"})
  void understandsHowRegistriesCount(String range) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", session().with("Range: " + range));
      server.on("PATCH", "/v2/s", session());
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(received(server)).isEqualTo(BLOB);
    }
  }

  @Test
  void startsOverWhereTheRegistryHasMoreThanWasSent() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", took("/v2/s", 150_000));
      server.on("HEAD", HERE, answer(404));
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", session());
      server.on("PATCH", "/v2/s", session());
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(ranges(server))
          .containsExactly("/v2/s 0-131071", "/v2/s 0-131071", "/v2/s 131072-204799");
    }
  }

  @Test
  void noticesARegistryThatKeepsOnlyTheFirstPiece() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", answer(201).with("Range: 0-131071").with("Location: /v2/s"));
      server.on("PATCH", "/v2/s", answer(201).with("Range: 0-131071").with("Location: /v2/s"));

      Failure failure = failure(registry);

      assertThat(failure.code()).isEqualTo(Code.PROXY_BODY_LIMIT);
      assertThat(failure)
          .hasMessageContaining("after the piece that ends at byte 204800")
          .hasMessageContaining("it has 131072");
    }
  }

  @Test
  void sendsPiecesAsLargeAsTheRegistryWantsThem() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session().with("OCI-Chunk-Min-Length: 150000"));
      server.on("PATCH", "/v2/s", session());
      server.on("PATCH", "/v2/s", session());
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(ranges(server)).containsExactly("/v2/s 0-149999", "/v2/s 150000-204799");
    }
  }

  @Test
  void takesAWordAboutTheMaximumForAPieceThatIsTooLarge() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", error(416, "UNKNOWN", "chunk exceeds 0.06MiB"));
      server.on("HEAD", HERE, answer(404));
      server.on("POST", UPLOADS, session());
      for (int i = 0; i < 4; i++) {
        server.on("PATCH", "/v2/s", session());
      }
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(ranges(server)).hasSize(5).contains("/v2/s 0-65535");
    }
  }

  @Test
  void sendsNoPieceTwiceWhoseAnswerIsLost() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session("/v2/one"));
      server.on("PATCH", "/v2/one", reset(128 * KIB));
      server.on("HEAD", HERE, answer(404));
      server.on("POST", UPLOADS, session("/v2/two"));
      server.on("PATCH", "/v2/two", session("/v2/two"));
      server.on("PATCH", "/v2/two", session("/v2/two"));
      server.on("PUT", "/v2/two?digest=" + DIGEST, answer(201));

      send(registry);

      assertThat(ranges(server))
          .containsExactly("/v2/one 0-131071", "/v2/two 0-131071", "/v2/two 131072-204799");
    }
  }

  @Test
  void isContentWithABlobThatIsThereThoughTheLastAnswerIsLost() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", session());
      server.on("PATCH", "/v2/s", session());
      server.on("PUT", FINISH, reset());
      server.on("HEAD", HERE, answer(200).with("Content-Length: " + BLOB.length));

      send(registry);

      assertThat(ranges(server)).hasSize(2);
    }
  }

  @Test
  void startsOverWhenASessionIsForgottenOnTheWayAndSuspectsReplicasAtTheThirdTime()
      throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      refusesTheWhole(server);
      for (int i = 0; i < 3; i++) {
        server.on("POST", UPLOADS, session());
        server.on("PATCH", "/v2/s", session());
        server.on("PATCH", "/v2/s", error(404, "BLOB_UPLOAD_UNKNOWN", "upload unknown"));
        server.on("HEAD", HERE, answer(404));
      }

      assertThat(failure(registry).code()).isEqualTo(Code.SESSION_AFFINITY);
    }
  }

  @Test
  void triesPiecesForBytesThatArriveWrongTimeAndAgain() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      for (int i = 0; i < 3; i++) {
        server.on("POST", UPLOADS, session());
        server.on("PUT", FINISH, error(400, "DIGEST_INVALID", ""));
        server.on("HEAD", HERE, answer(404));
      }
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", session());
      server.on("PATCH", "/v2/s", session());
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(received(server)).isEqualTo(BLOB);
    }
  }

  @Test
  void triesPiecesWhereTheConnectionBreaksTwiceAtTheSame() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      for (int i = 0; i < 2; i++) {
        server.on("POST", UPLOADS, session());
        server.on("PUT", FINISH, reset(100 * KIB));
        server.on("HEAD", HERE, answer(404));
      }
      server.on("POST", UPLOADS, session());
      for (int i = 0; i < 4; i++) {
        server.on("PATCH", "/v2/s", session());
      }
      server.on("PUT", FINISH, answer(201));

      send(registry);

      assertThat(received(server)).isEqualTo(BLOB);
      assertThat(ranges(server)).contains("/v2/s 0-65535");
    }
  }

  /** As zot does, which gives a body 60 s. */
  @Test
  void triesPiecesWhereTheConnectionBreaksTwiceAfterTheSameTime() throws IOException {
    byte[] blob = new byte[48 << 20];
    Digest digest = Digest.of(blob);
    StandingClock clock = StandingClock.halfway();
    BlobSource slow =
        offset -> {
          return new SequenceInputStream(
              new ByteArrayInputStream(blob, (int) offset, 1), minuteLater(clock, blob, offset));
        };
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()), clock)) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", "/v2/s?digest=" + digest, reset(512 * KIB));
      server.on("HEAD", "/v2/lab/app/blobs/" + digest, answer(404));
      server.on("POST", UPLOADS, session());
      server.on("PUT", "/v2/s?digest=" + digest, reset(17 << 20));
      server.on("HEAD", "/v2/lab/app/blobs/" + digest, answer(404));
      server.on("POST", UPLOADS, session());
      for (int i = 0; i < 6; i++) {
        server.on("PATCH", "/v2/s", session());
      }
      server.on("PUT", "/v2/s?digest=" + digest, answer(201));

      registry.send(APP, digest, blob.length, slow);

      assertThat(ranges(server)).contains("/v2/s 0-8388607");
    }
  }

  @Test
  void triesPiecesWhereTheRegistryTwiceGivesUpAfterTheSameTime() throws IOException {
    StandingClock clock = StandingClock.halfway();
    BlobSource slow =
        offset -> {
          byte[] rest = Arrays.copyOfRange(BLOB, (int) offset, BLOB.length);
          return new SequenceInputStream(
              new ByteArrayInputStream(rest, 0, 1), minuteLater(clock, rest, 0));
        };
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()), clock)) {
      for (int i = 0; i < 2; i++) {
        server.on("POST", UPLOADS, session());
        server.on("PUT", FINISH, error(500, "UNKNOWN", "i/o timeout"));
        server.on("HEAD", HERE, answer(404));
      }
      server.on("POST", UPLOADS, session());
      for (int i = 0; i < 4; i++) {
        server.on("PATCH", "/v2/s", session());
      }
      server.on("PUT", FINISH, answer(201));

      registry.send(APP, DIGEST, BLOB.length, slow);

      assertThat(received(server)).isEqualTo(BLOB);
    }
  }

  private static InputStream minuteLater(StandingClock clock, byte[] blob, long offset) {
    return new FilterInputStream(new ByteArrayInputStream(blob, (int) offset + 1, blob.length)) {
      private boolean begun;

      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        if (!begun) {
          begun = true;
          clock.pass(Duration.ofSeconds(60));
        }
        return super.read(bytes, start, length);
      }
    };
  }

  @Test
  void takesNoTwoBreaksForALimitWhereALargerBlobHasPassed() throws IOException {
    byte[] larger = random(300 * KIB);
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PUT", "/v2/s?digest=" + Digest.of(larger), answer(201));
      for (int i = 0; i < 2; i++) {
        server.on("POST", UPLOADS, session());
        server.on("PUT", FINISH, reset(100 * KIB));
        server.on("HEAD", HERE, answer(404));
      }
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, answer(201));

      send(registry, APP, larger);
      send(registry);

      assertThat(ranges(server)).isEmpty();
    }
  }
}
