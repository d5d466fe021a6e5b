package landfall.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.registry.ScriptedRegistry.answer;
import static landfall.registry.ScriptedRegistry.dripping;
import static landfall.registry.Sites.APP;
import static landfall.registry.Sites.HELLO;
import static landfall.registry.Sites.HELLO_DIGEST;
import static landfall.registry.Sites.MANIFEST;
import static landfall.registry.Sites.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.image.RawManifest;
import landfall.image.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRegistryTest {
  private static final String BLOB = "/v2/lab/app/blobs/" + HELLO_DIGEST;
  private static final String UPLOADS = "/v2/lab/app/blobs/uploads/";
  private static final String LATEST = "/v2/lab/app/manifests/latest";
  private static final BlobSource SOURCE = offset -> new ByteArrayInputStream(HELLO);

  @ParameterizedTest
  @CsvSource({"200,5,true", "200,6,false", "404,0,false"})
  void knowsABlobByItsSize(int status, int length, boolean held) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("HEAD", BLOB, answer(status).with("Content-Length: " + length));

      assertThat(registry.holds(APP, HELLO_DIGEST, 5)).isEqualTo(held);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/s/1, /v2/s/1?digest=",
    "/v2/s/1?_state=a%2Fb==, /v2/s/1?_state=a%2Fb==&digest=",
    "http://HERE/x%20y/1?q=%7B1%7D, /x%20y/1?q=%7B1%7D&digest="
  })
  void sendsABlobToTheSessionExactlyAsItWasNamed(String location, String expected)
      throws IOException {
    AtomicLong told = new AtomicLong();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry =
            HttpRegistry.open(
                Sites.plain(server.address()),
                told::addAndGet,
                StandingClock.halfway(),
                Sites.SHORT)) {
      server.on(
          "POST",
          UPLOADS,
          answer(202).with("Location: " + location.replace("HERE", server.address())));
      server.on("PUT", expected + HELLO_DIGEST, answer(201));

      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen(0).header("Content-Length")).contains("0");
      assertThat(server.seen(1).header("Content-Length")).contains("5");
      assertThat(server.seen(1).header("Content-Type")).contains("application/octet-stream");
      assertThat(server.seen(1).header("Expect")).isEmpty();
      assertThat(server.seen(1).body()).isEqualTo("hello");
      assertThat(registry.traffic()).isEqualTo(new Registry.Traffic(2, 5));
      assertThat(told).hasValue(5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "206, h, 'Content-Range: bytes 0-0/5', true",
    "206, h, 'Content-Range: bytes 0-0/*', true",
    "206, h, 'Content-Range: bytes 0-0/6', false",
    "416, '', 'Content-Range: bytes */0', false",
    "200, hello, 'X: y', true",
    "200, hell, 'X: y', false",
    "200, hello and more, 'X: y', false",
    "404, '', 'X: y', false"
  })
  void asksForTheFirstByteWhereAHeadSaysNoLength(
      int status, String body, String header, boolean there) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("HEAD", BLOB, answer(200).unmeasured());
      server.on("GET", BLOB, answer(status, body).with(header).unmeasured());

      assertThat(registry.holds(APP, HELLO_DIGEST, 5)).isEqualTo(there);
      assertThat(server.seen(1).header("Range")).contains("bytes=0-0");
    }
  }

  @Test
  void readsNoLargeBlobToSeeThatItIsThere() throws IOException {
    int size = 64 << 20;
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("HEAD", BLOB, answer(200).unmeasured());
      server.on("GET", BLOB, dripping("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(2 << 20)));

      assertThat(registry.holds(APP, HELLO_DIGEST, size)).isTrue();
    }
  }

  @Test
  void findsAWrongSizeThatAHeadDoesNotTell() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      ScriptedRegistry.Reaction short4 = answer(206, "h").with("Content-Range: bytes 0-0/4");
      server.on("HEAD", BLOB, answer(200).unmeasured()).on("GET", BLOB, short4);
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + HELLO_DIGEST, answer(201));
      server.on("HEAD", BLOB, answer(200).unmeasured()).on("GET", BLOB, short4);

      assertThat(registry.holds(APP, HELLO_DIGEST, 5)).isFalse();
      assertThatThrownBy(() -> registry.send(APP, HELLO_DIGEST, 5, SOURCE))
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REGISTRY_CORRUPT);
    }
  }

  @Test
  void downloadsABlobAndHashesIt() throws IOException {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", BLOB, answer(200, "hello"));

      assertThat(registry.fetch(APP, HELLO_DIGEST, 5, () -> got)).isTrue();

      assertThat(got.toString(UTF_8)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hellO", "hell"})
  void believesNoDownloadThatIsNotTheBlob(String body) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", BLOB, answer(200, body));

      assertThatThrownBy(() -> registry.fetch(APP, HELLO_DIGEST, 5, OutputStream::nullOutputStream))
          .isInstanceOfSatisfying(
              Failure.class, why -> assertThat(why.code()).isEqualTo(Code.REGISTRY_ALTERED));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, hello, WHOLE",
    "200, hellO, OTHER",
    "200, hello and more, OTHER",
    "200, hell, SHORT",
    "200, '', SHORT",
    "404, '', NOTHING"
  })
  void readsBackWhatARepositoryHasOfABlob(int status, String body, Registry.Found found)
      throws IOException {
    AtomicLong told = new AtomicLong();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", BLOB, answer(status, body));

      assertThat(registry.read(APP, HELLO_DIGEST, 5, told::addAndGet)).isEqualTo(found);

      assertThat(told.get()).isLessThanOrEqualTo(5);
      assertThat(registry.traffic().blobBytes()).isZero();
    }
  }

  @Test
  void believesThatABlobEndsWhereItHasBrokenOffTwice() throws IOException {
    ScriptedRegistry.Reaction cut = answer(200, "hel").with("Content-Length: 5").early();
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", BLOB, cut).on("GET", BLOB, cut);

      assertThat(registry.read(APP, HELLO_DIGEST, 5, bytes -> {})).isEqualTo(Registry.Found.SHORT);
    }
  }

  @Test
  void triesAgainToReadBackWhatHasBrokenOff() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server
          .on("GET", BLOB, answer(200, "hel").with("Content-Length: 5").early())
          .on("GET", BLOB, answer(200, "hello"));

      assertThat(registry.read(APP, HELLO_DIGEST, 5, bytes -> {})).isEqualTo(Registry.Found.WHOLE);
    }
  }

  @Test
  void readsNothingBackFromAnotherHost() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", BLOB, answer(307).with("Location: http://storage.example/blob"));

      assertThatThrownBy(() -> registry.read(APP, HELLO_DIGEST, 5, bytes -> {}))
          .isInstanceOfSatisfying(
              Parked.class, why -> assertThat(why.code()).isEqualTo(Code.REGISTRY_MISCONFIGURED));
    }
  }

  @ParameterizedTest
  @CsvSource({"404, ''", "307, http://storage.example/blob"})
  void asksNobodyElseForABlob(int status, String elsewhere) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", BLOB, answer(status).with("Location: " + elsewhere));

      assertThat(registry.fetch(APP, HELLO_DIGEST, 5, OutputStream::nullOutputStream)).isFalse();
    }
  }

  @Test
  void takesNoContentAsSuccessOfAnUpload() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + HELLO_DIGEST, answer(204));

      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2:1/v2/s",
        "https://HERE/v2/s",
        "http://user:pw@HERE/v2/s",
        "//elsewhere.invalid/v2/s"
      })
  void sendsNothingToASessionElsewhere(String location) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on(
          "POST",
          UPLOADS,
          answer(202).with("Location: " + location.replace("HERE", server.address())));

      assertThatThrownBy(() -> registry.send(APP, HELLO_DIGEST, 5, SOURCE))
          .isInstanceOf(Parked.class)
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REGISTRY_MISCONFIGURED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[", "/v2/a b", "", "mailto:x"})
  void parksWhenASessionHasNoUsableAddress(String location) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, answer(202).with("Location: " + location));
      server.on("POST", UPLOADS, answer(202).with("Location: " + location));

      assertThatThrownBy(() -> registry.send(APP, HELLO_DIGEST, 5, SOURCE))
          .isInstanceOf(Parked.class)
          .hasMessageContaining("Location");
    }
  }

  @Test
  void mountsWhatAnotherRepositoryHolds() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS + "?mount=" + HELLO_DIGEST + "&from=lab/other", answer(201));

      assertThat(registry.mount(APP, HELLO_DIGEST, OTHER)).isTrue();
    }
  }

  @Test
  void usesTheSessionOfADeclinedMountForTheUpload() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on(
          "POST",
          UPLOADS + "?mount=" + HELLO_DIGEST + "&from=lab/other",
          answer(202).with("Location: /v2/declined"));
      server.on("PUT", "/v2/declined?digest=" + HELLO_DIGEST, answer(201));

      boolean mounted = registry.mount(APP, HELLO_DIGEST, OTHER);
      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(mounted).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 405, 500, 501})
  void sendsABlobToWhoeverRefusesToMountIt(int status) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS + "?mount=" + HELLO_DIGEST + "&from=lab/other", answer(status));
      server.on("POST", UPLOADS, answer(202).with("Location: /v2/own"));
      server.on("PUT", "/v2/own?digest=" + HELLO_DIGEST, answer(201));

      assertThat(registry.mount(APP, HELLO_DIGEST, OTHER)).isFalse();
      registry.send(APP, HELLO_DIGEST, 5, SOURCE);
    }
  }

  @Test
  void readsTheDigestOfATagFromTheHeader() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("HEAD", LATEST, answer(200).with("Docker-Content-Digest: " + HELLO_DIGEST));

      assertThat(registry.tagged(APP, new Tag("latest"))).contains(HELLO_DIGEST);
      assertThat(server.seen(0).header("Accept"))
          .hasValueSatisfying(
              accept ->
                  assertThat(accept)
                      .contains("oci.image.index.v1+json")
                      .contains("distribution.manifest.list.v2+json"));
    }
  }

  @Test
  void readsATagItselfWhereNoDigestIsNamed() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("HEAD", LATEST, answer(200));
      server.on("GET", LATEST, answer(200, "hello"));

      assertThat(registry.tagged(APP, new Tag("latest"))).contains(HELLO_DIGEST);
    }
  }

  @Test
  void knowsATagThatIsNotThere() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("HEAD", LATEST, answer(404));
      server.on("GET", LATEST, ScriptedRegistry.error(404, "MANIFEST_UNKNOWN", "unknown"));

      assertThat(registry.tagged(APP, new Tag("latest"))).isEmpty();
      assertThat(registry.manifest(APP, "latest")).isEmpty();
    }
  }

  @Test
  void readsAManifestByteForByte() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      String body = "{ \"schemaVersion\": 2 }\n";
      server.on(
          "GET",
          LATEST,
          answer(200, body)
              .with("Content-Type: application/vnd.oci.image.manifest.v1+json; charset=utf-8"));

      RawManifest read = registry.manifest(APP, "latest").orElseThrow();

      assertThat(read.digest()).isEqualTo(MANIFEST.digest());
      assertThat(read.mediaType()).isEqualTo(MANIFEST.mediaType());
    }
  }

  @Test
  void readsNoMoreThanAManifestMayHave() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", LATEST, answer(200, "x".repeat((4 << 20) + 1)));

      assertThatThrownBy(() -> registry.manifest(APP, "latest"))
          .isInstanceOf(ImageRefused.class)
          .hasMessageContaining("more than 4194304 bytes");
    }
  }

  @Test
  void writesAManifestByteForByte() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("PUT", LATEST, answer(201).with("Docker-Content-Digest: " + MANIFEST.digest()));

      registry.put(APP, "latest", MANIFEST);

      assertThat(server.seen(0).body()).isEqualTo("{ \"schemaVersion\": 2 }\n");
      assertThat(server.seen(0).header("Content-Type")).contains(MANIFEST.mediaType());
    }
  }

  @Test
  void refusesAManifestTooLargeForAnyRegistryWithoutAsking() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      RawManifest large = new RawManifest(MANIFEST.mediaType(), new byte[(4 << 20) + 1]);

      assertThatThrownBy(() -> registry.put(APP, "latest", large))
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.MANIFEST_TOO_LARGE);
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void asksARegistryOnceWhetherItIsThere() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", "/v2/", answer(200, "{}"));

      registry.ping();

      assertThat(registry.traffic().requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, text/html, REGISTRY_MISCONFIGURED",
    "404, text/plain, REGISTRY_MISCONFIGURED",
    "400, text/plain, REGISTRY_MISCONFIGURED",
    "500, text/plain, REGISTRY_DOWN",
    "503, text/html, REGISTRY_DOWN",
    "401, text/plain, REGISTRY_AUTH",
    "403, text/plain, REGISTRY_DENIED"
  })
  void parksAtOnceWhenAPingIsNotAnsweredAsARegistryDoes(int status, String type, Code code)
      throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", "/v2/", answer(status, "hm").with("Content-Type: " + type));

      assertThatThrownBy(registry::ping)
          .isInstanceOf(Parked.class)
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(code);
    }
  }
}
