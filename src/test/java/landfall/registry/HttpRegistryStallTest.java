package landfall.registry;

import static landfall.registry.ScriptedRegistry.answer;
import static landfall.registry.ScriptedRegistry.dripping;
import static landfall.registry.ScriptedRegistry.reset;
import static landfall.registry.ScriptedRegistry.silence;
import static landfall.registry.Sites.APP;
import static landfall.registry.Sites.HELLO_DIGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Parked;
import landfall.image.Digest;
import landfall.registry.wire.Times;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that take a request and never come to an end with it. */
@Timeout(60)
class HttpRegistryStallTest {
  private static final int TRIES = 6;
  private static final Times IMPATIENT =
      new Times(
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofMillis(600),
          Duration.ofMillis(300));

  private static HttpRegistry open(ScriptedRegistry server) {
    return HttpRegistry.open(
        Sites.plain(server.address()), bytes -> {}, StandingClock.halfway(), IMPATIENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nX-Slow: ",
        "HTTP/1.1 500 So\r\nContent-Length: 100000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000\r\n"
      })
  void endsAnAnswerThatDrips(String start) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = open(server)) {
      server.on("GET", "/v2/", dripping(start));

      assertThatThrownBy(registry::ping)
          .isInstanceOf(Parked.class)
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REGISTRY_DOWN);
    }
  }

  @Test
  void endsADownloadThatDrips() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = open(server)) {
      for (int i = 0; i < TRIES; i++) {
        server.on(
            "GET",
            "/v2/lab/app/blobs/" + HELLO_DIGEST,
            dripping("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
      }

      assertThatThrownBy(
              () -> registry.fetch(APP, HELLO_DIGEST, 100_000, ByteArrayOutputStream::new))
          .isInstanceOf(Parked.class);
    }
  }

  @Test
  void endsARequestThatIsNeverAnswered() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = open(server)) {
      server.on("GET", "/v2/", silence());

      assertThatThrownBy(registry::ping).isInstanceOf(Parked.class);
    }
  }

  @Test
  void endsAHandshakeThatNeverComes() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HttpRegistry registry =
            HttpRegistry.open(
                Sites.tls("127.0.0.1:" + silent.getLocalPort(), true, Optional.empty()),
                bytes -> {},
                StandingClock.halfway(),
                IMPATIENT)) {
      assertThatThrownBy(registry::ping).isInstanceOf(Parked.class);
    }
  }

  @Test
  void leavesNothingBehindOfWhatItEnded() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = open(server)) {
      fail(server, registry, 5);
      long files = openFiles();
      int threads = Thread.activeCount();

      fail(server, registry, 20);

      Awaitility.await()
          .untilAsserted(
              () -> {
                assertThat(openFiles()).isLessThanOrEqualTo(files + 4);
                assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
              });
    }
  }

  private static void fail(ScriptedRegistry server, HttpRegistry registry, int times) {
    for (int i = 0; i < times; i++) {
      server.on("GET", "/v2/", dripping("HTTP/1.1 200 OK\r\nX-Slow: "));
      assertThatThrownBy(registry::ping).isInstanceOf(Parked.class);
      server.on("GET", "/v2/", reset());
      assertThatThrownBy(registry::ping).isInstanceOf(Parked.class);
      server.on("GET", "/v2/", answer(500, "x".repeat(2 << 20)));
      assertThatThrownBy(registry::ping).isInstanceOf(Parked.class);
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void endsAPieceOfWhichNothingIsTakenAndStartsOver() throws IOException {
    byte[] blob = new byte[32 << 20];
    Digest digest = Digest.of(blob);
    String uploads = "/v2/lab/app/blobs/uploads/";
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = open(server)) {
      server.on("POST", uploads, answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + digest, answer(413).early());
      server.on("HEAD", "/v2/lab/app/blobs/" + digest, answer(404));
      server.on("POST", uploads, answer(202).with("Location: /v2/s"));
      server.on("PATCH", "/v2/s", silence());
      server.on("HEAD", "/v2/lab/app/blobs/" + digest, answer(404));
      server.on("POST", uploads, answer(202).with("Location: /v2/s"));
      server.on("PATCH", "/v2/s", answer(202));
      server.on("PATCH", "/v2/s", answer(202));
      server.on("PUT", "/v2/s?digest=" + digest, answer(201));

      registry.send(
          APP,
          digest,
          blob.length,
          offset -> new ByteArrayInputStream(blob, (int) offset, blob.length));

      assertThat(server.seen(7).header("Content-Range")).contains("0-16777215");
      assertThat(server.seen(8).header("Content-Range")).contains("16777216-33554431");
    }
  }
}
