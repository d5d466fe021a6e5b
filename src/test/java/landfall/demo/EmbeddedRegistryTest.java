package landfall.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.demo.Client.codes;
import static landfall.demo.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import landfall.demo.Faults.Fault;
import landfall.image.Digest;
import landfall.image.RawManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedRegistryTest {
  private static final byte[] HELLO = "hello".getBytes(UTF_8);

  private Path folder;

  @BeforeEach
  void keepIn(@TempDir Path temporary) {
    folder = temporary;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/", "/v2"})
  void saysThatItIsARegistry(String path) throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      HttpResponse<byte[]> answer = new Client(registry).send("GET", path);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(header(answer, "Docker-Distribution-API-Version")).isEqualTo("registry/2.0");
    }
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      assertThat(registry.address()).startsWith("127.0.0.1:");
      int port = Integer.parseInt(registry.address().substring("127.0.0.1:".length()));
      InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});

      assertThatThrownBy(() -> new Socket(other, port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void stillHasEverythingWhenStartedAgain() throws Exception {
    RawManifest image;
    int port;
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      image = new Client(registry).image("lab/app", "v1");
      port = Integer.parseInt(registry.address().split(":", -1)[1]);
    }

    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, port)) {
      Client client = new Client(registry);

      assertThat(client.send("GET", "/v2/lab/app/manifests/v1").body()).isEqualTo(image.bytes());
      assertThat(client.put("lab/app", "v2", image).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void forgetsUnfinishedUploadsWhenStartedAgain() throws Exception {
    String upload;
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      Client client = new Client(registry);
      upload = client.begin("lab/app");
      client.send("PATCH", upload, HELLO);
    }

    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      HttpResponse<byte[]> answer = new Client(registry).send("GET", upload);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(folder.resolve("unfinished")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/../x",
        "/v2/lab/%2e%2e/%2e%2e/x",
        "/v2/Lab/app",
        "/v2/lab//app",
        "/v2/lab/_blobs",
        "/v2/lab%00",
        "/v2/lab%5c..%5capp",
        "/v2/lab/app%0a",
      })
  void refusesAHostileNameBeforeItTouchesTheDisk(String name) throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("inner"), 0)) {
      Client client = new Client(registry);

      for (String rest : List.of("/blobs/uploads/", "/manifests/v1", "/tags/list")) {
        HttpResponse<byte[]> answer =
            client.send(rest.contains("up") ? "POST" : "GET", name + rest);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(codes(answer)).containsAnyOf("NAME_INVALID", "UNSUPPORTED");
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> folder.relativize(file).toString()))
          .containsExactlyInAnyOrder(
              "", "inner", "inner/content", "inner/repositories", "inner/unfinished");
    }
  }

  @Test
  void refusesANameThatIsTooLong() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      HttpResponse<byte[]> answer =
          new Client(registry).send("POST", "/v2/" + "a".repeat(256) + "/blobs/uploads/");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(codes(answer)).containsExactly("NAME_INVALID");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1/", "/v2/lab/app/tags/all", "/v2/lab/app/referrers/sha256:00"})
  void hasNoOtherEndpoints(String path) throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      HttpResponse<byte[]> answer = new Client(registry).send("GET", path);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(codes(answer)).containsExactly("UNSUPPORTED");
    }
  }

  @Test
  void countsRequestsAndTheBytesOfBlobs() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      Client client = new Client(registry);
      client.image("lab/app", "v1");
      long sent = registry.bytesReceived();

      client.put("lab/app", "v2", Client.manifest(Client.OCI_INDEX, "{\"manifests\":[]}"));
      client.send("BREW", "/v2/");

      assertThat(sent).isEqualTo("{}".length() + "layer of v1".length());
      assertThat(registry.bytesReceived()).isEqualTo(sent);
      assertThat(registry.requests()).isEqualTo(Map.of("POST", 2L, "PUT", 2L, "other", 1L));
    }
  }

  @Test
  void answersAsTheFaultSaysAndDoesNothing() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      Client client = new Client(registry);
      registry.suffer(onlyOn("POST", Fault.answering(429, Map.of("Retry-After", "7"))));

      HttpResponse<byte[]> refused =
          client.send(
              "POST", "/v2/lab/app/blobs/uploads/?digest=" + Digest.of(HELLO), new byte[8 << 20]);
      registry.suffer(Faults.none());
      client.upload("lab/app", HELLO);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(header(refused, "Retry-After")).isEqualTo("7");
      assertThat(registry.bytesReceived()).isEqualTo(HELLO.length);
      assertThat(registry.requests()).isEqualTo(Map.of("POST", 2L));
    }
  }

  @Test
  void cutsTheConnectionAsTheFaultSays() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      Client client = new Client(registry);
      registry.suffer(onlyOn("POST", Fault.cut()));

      assertThatThrownBy(() -> client.upload("lab/app", HELLO)).isInstanceOf(IOException.class);
      assertThat(registry.bytesReceived()).isZero();
    }
  }

  @Test
  void losesTheAnswerOfWhatItDid() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      Client client = new Client(registry);
      registry.suffer(onlyOn("POST", Fault.answerLost()));

      assertThatThrownBy(() -> client.upload("lab/app", HELLO)).isInstanceOf(IOException.class);
      assertThat(client.send("GET", "/v2/lab/app/blobs/" + Digest.of(HELLO)).body())
          .isEqualTo(HELLO);
    }
  }

  @Test
  void delaysOneRequestWhileOthersGoOn() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
      Client client = new Client(registry);
      registry.suffer(
          (method, path) -> {
            if (path.endsWith("slow")) {
              await(gate);
            }
            return Optional.empty();
          });

      CompletableFuture<Integer> slow =
          CompletableFuture.supplyAsync(() -> status(client, "/v2/slow"));
      int other = status(client, "/v2/");
      boolean early = slow.isDone();
      gate.countDown();

      assertThat(other).isEqualTo(200);
      assertThat(early).isFalse();
      assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(404);
    }
  }

  @Test
  void hangsUpOnAClientThatTriesTlsFirstAndOnNoOther() throws Exception {
    byte[] greeting = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03};
    String slowHead =
        "POST /v2/lab/app/blobs/uploads/?digest=%s HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"
            .formatted(Digest.of(HELLO));
    CountDownLatch come = new CountDownLatch(1);
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0);
        Socket quiet = connect(registry);
        Socket slow = connect(registry);
        Socket secure = connect(registry)) {
      registry.suffer(
          (method, path) -> {
            come.countDown();
            return Optional.empty();
          });

      slow.getOutputStream().write(slowHead.getBytes(UTF_8));
      boolean slowCame = come.await(10, TimeUnit.SECONDS);
      secure.getOutputStream().write(greeting);
      int cut = secure.getInputStream().read();
      slow.getOutputStream().write(HELLO);
      quiet.getOutputStream().write("GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));

      assertThat(slowCame).isTrue();
      assertThat(cut).isEqualTo(-1);
      assertThat(statusLine(slow)).isEqualTo("HTTP/1.1 201");
      assertThat(statusLine(quiet)).isEqualTo("HTTP/1.1 200");
    }
  }

  private static String statusLine(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), UTF_8);
  }

  private static Socket connect(EmbeddedRegistry registry) throws IOException {
    String[] address = registry.address().split(":", -1);
    Socket socket =
        new Socket(
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), Integer.parseInt(address[1]));
    socket.setSoTimeout(9_000);
    return socket;
  }

  @Test
  void freesItsPortAndRefusesConnectionsOnceClosed() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0);
    Client client = new Client(registry);
    client.send("GET", "/v2/");

    registry.close();

    assertThatThrownBy(() -> client.send("GET", "/v2/")).isInstanceOf(IOException.class);
  }

  private static Faults onlyOn(String method, Fault fault) {
    return (called, path) -> called.equals(method) ? Optional.of(fault) : Optional.empty();
  }

  private static int status(Client client, String path) {
    try {
      return client.send("GET", path).statusCode();
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
