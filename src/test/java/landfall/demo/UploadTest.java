package landfall.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.demo.Client.codes;
import static landfall.demo.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import landfall.image.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {
  private static final byte[] HELLO = "hello, harbour".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.of(HELLO);
  private static final String BLOB = "/v2/lab/app/blobs/" + DIGEST;

  private Path folder;
  private EmbeddedRegistry registry;
  private Client client;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    registry = EmbeddedRegistry.start(folder, 0);
    client = new Client(registry);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void takesABlobByPostAndOnePut() throws Exception {
    HttpResponse<byte[]> begun = client.send("POST", "/v2/lab/app/blobs/uploads/");
    HttpResponse<byte[]> done =
        client.send("PUT", header(begun, "Location") + "?digest=" + DIGEST, HELLO);

    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(header(begun, "Range")).isEqualTo("0-0");
    assertThat(header(begun, "Location")).endsWith("/" + header(begun, "Docker-Upload-UUID"));
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(header(done, "Location")).isEqualTo(BLOB);
    assertThat(header(done, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
    assertThat(client.send("GET", BLOB).body()).isEqualTo(HELLO);
  }

  @Test
  void takesABlobByOneSinglePost() throws Exception {
    HttpResponse<byte[]> done =
        client.send("POST", "/v2/lab/app/blobs/uploads/?digest=" + DIGEST, HELLO);

    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(header(done, "Location")).isEqualTo(BLOB);
    assertThat(client.send("GET", BLOB).body()).isEqualTo(HELLO);
  }

  @Test
  void takesTheEmptyBlob() throws Exception {
    Digest empty = client.upload("lab/app", new byte[0]);

    HttpResponse<byte[]> got = client.send("GET", "/v2/lab/app/blobs/" + empty);

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(header(got, "Content-Length")).isEqualTo("0");
  }

  @Test
  void takesChunksInOrderAndTheLastOneWithThePut() throws Exception {
    String upload = client.begin("lab/app");

    HttpResponse<byte[]> first = chunk("PATCH", upload, 0, 5);
    HttpResponse<byte[]> second = chunk("PATCH", upload, 5, 9);
    HttpResponse<byte[]> status = client.send("GET", upload);
    HttpResponse<byte[]> last = chunk("PUT", upload + "?digest=" + DIGEST, 9, HELLO.length);

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(header(first, "Range")).isEqualTo("0-4");
    assertThat(header(first, "Location")).isEqualTo(upload);
    assertThat(header(second, "Range")).isEqualTo("0-8");
    assertThat(status.statusCode()).isEqualTo(204);
    assertThat(header(status, "Range")).isEqualTo("0-8");
    assertThat(header(status, "Location")).isEqualTo(upload);
    assertThat(last.statusCode()).isEqualTo(201);
    assertThat(client.send("GET", BLOB).body()).isEqualTo(HELLO);
  }

  @Test
  void takesAStreamedPatchWithoutLengthOrRange() throws Exception {
    String upload = client.begin("lab/app");

    HttpResponse<byte[]> patched = client.stream("PATCH", upload, HELLO);
    HttpResponse<byte[]> done = client.send("PUT", upload + "?digest=" + DIGEST);

    assertThat(header(patched, "Range")).isEqualTo("0-" + (HELLO.length - 1));
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(client.send("GET", BLOB).body()).isEqualTo(HELLO);
  }

  @Test
  void refusesAChunkOutOfOrderAndSaysWhereToGoOn() throws Exception {
    String upload = client.begin("lab/app");
    chunk("PATCH", upload, 0, 5);

    HttpResponse<byte[]> again = chunk("PATCH", upload, 0, 5);
    HttpResponse<byte[]> ahead = chunk("PATCH", upload, 9, 12);
    HttpResponse<byte[]> rest = chunk("PUT", upload + "?digest=" + DIGEST, 5, HELLO.length);

    assertThat(List.of(again.statusCode(), ahead.statusCode())).containsOnly(416);
    assertThat(codes(again)).containsExactly("RANGE_INVALID");
    assertThat(header(again, "Range")).isEqualTo("0-4");
    assertThat(header(again, "Location")).isEqualTo(upload);
    assertThat(rest.statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 0-4", "0-", "4", "-1-3", "0-99999999999999999999"})
  void refusesAContentRangeThatIsNone(String range) throws Exception {
    String upload = client.begin("lab/app");

    HttpResponse<byte[]> answer =
        client.send("PATCH", upload, Arrays.copyOf(HELLO, 5), "Content-Range", range);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(codes(answer)).containsExactly("BLOB_UPLOAD_INVALID");
  }

  @Test
  void refusesAChunkWhoseLengthIsNotThatOfItsRange() throws Exception {
    String upload = client.begin("lab/app");

    HttpResponse<byte[]> longer = client.send("PATCH", upload, HELLO, "Content-Range", "0-4");
    HttpResponse<byte[]> unsaid = client.stream("PATCH", upload, HELLO, "Content-Range", "0-13");

    assertThat(List.of(longer.statusCode(), unsaid.statusCode())).containsOnly(400);
    assertThat(codes(longer)).containsExactly("SIZE_INVALID");
    assertThat(header(client.send("GET", upload), "Range")).isEqualTo("0-0");
  }

  @Test
  void refusesAWrongDigestAndForgetsTheUpload() throws Exception {
    String upload = client.begin("lab/app");
    Digest other = Digest.of("other".getBytes(UTF_8));

    HttpResponse<byte[]> wrong = client.send("PUT", upload + "?digest=" + other, HELLO);
    HttpResponse<byte[]> again = client.send("PUT", upload + "?digest=" + DIGEST, HELLO);

    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(codes(wrong)).containsExactly("DIGEST_INVALID");
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(codes(again)).containsExactly("BLOB_UPLOAD_UNKNOWN");
    assertThat(client.send("HEAD", "/v2/lab/app/blobs/" + other).statusCode()).isEqualTo(404);
    assertThat(client.send("HEAD", BLOB).statusCode()).isEqualTo(404);
    assertThat(unfinished()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?digest=", "?digest=sha512:00", "?digest=sha256:..%2F..%2Fx", "?x"})
  void refusesToFinishWithoutASha256AndKeepsTheUpload(String query) throws Exception {
    String upload = client.begin("lab/app");

    HttpResponse<byte[]> refused = client.send("PUT", upload + query, HELLO);
    HttpResponse<byte[]> done = client.send("PUT", upload + "?digest=" + DIGEST, HELLO);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(codes(refused)).containsExactly("DIGEST_INVALID");
    assertThat(done.statusCode()).isEqualTo(201);
  }

  @Test
  void refusesASinglePostUnderAnotherAlgorithm() throws Exception {
    HttpResponse<byte[]> refused =
        client.send("POST", "/v2/lab/app/blobs/uploads/?digest=sha512:" + "0".repeat(128), HELLO);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(codes(refused)).containsExactly("DIGEST_INVALID");
    assertThat(unfinished()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PATCH", "PUT", "DELETE"})
  void knowsNoUploadUnderAnotherIdOrInAnotherRepository(String method) throws Exception {
    String elsewhere = client.begin("lab/app").replace("lab/app", "lab/other");
    String nowhere = "/v2/lab/app/blobs/uploads/1b4e28ba-2fa1-11d2-883f-0016d3cca427";

    for (String upload : List.of(elsewhere, nowhere)) {
      HttpResponse<byte[]> answer = client.send(method, upload + "?digest=" + DIGEST);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(codes(answer)).containsExactly("BLOB_UPLOAD_UNKNOWN");
    }
  }

  @Test
  void answersBeforeABigBodyIsWanted() throws Exception {
    byte[] big = new byte[32 << 20];

    HttpResponse<byte[]> answer =
        client.send("PUT", "/v2/lab/app/blobs/uploads/none?digest=" + Digest.of(big), big);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(codes(answer)).containsExactly("BLOB_UPLOAD_UNKNOWN");
    assertThat(registry.bytesReceived()).isZero();
  }

  @Test
  void cancelsAnUpload() throws Exception {
    String upload = client.begin("lab/app");
    chunk("PATCH", upload, 0, 5);

    HttpResponse<byte[]> cancelled = client.send("DELETE", upload);

    assertThat(cancelled.statusCode()).isEqualTo(204);
    assertThat(client.send("GET", upload).statusCode()).isEqualTo(404);
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void mountsFromARepositoryThatHasTheBlobAndOpensAnUploadOtherwise() throws Exception {
    client.upload("lab/source", HELLO);
    String mount = "/v2/lab/app/blobs/uploads/?mount=" + DIGEST;

    HttpResponse<byte[]> elsewhere = client.send("POST", mount + "&from=lab/empty");
    HttpResponse<byte[]> unsaid = client.send("POST", mount);
    int before = client.send("HEAD", BLOB).statusCode();
    HttpResponse<byte[]> mounted = client.send("POST", mount + "&from=lab%2Fsource");

    assertThat(elsewhere.statusCode()).isEqualTo(202);
    assertThat(unsaid.statusCode()).isEqualTo(202);
    assertThat(client.send("GET", header(elsewhere, "Location")).statusCode()).isEqualTo(204);
    assertThat(before).isEqualTo(404);
    assertThat(mounted.statusCode()).isEqualTo(201);
    assertThat(header(mounted, "Location")).isEqualTo(BLOB);
    assertThat(client.send("GET", BLOB).body()).isEqualTo(HELLO);
  }

  @Test
  void keepsWhatCameWhenTheClientGoesAwayAndGoesOnFromThere() throws Exception {
    byte[] content = new byte[1_000_000];
    new Random(7).nextBytes(content);
    String upload = client.begin("lab/app");

    sendAndHangUp(upload, content, 700_000);
    String range = header(client.send("GET", upload), "Range");
    int next = Integer.parseInt(range.substring(2)) + 1;
    HttpResponse<byte[]> done =
        client.send(
            "PUT",
            upload + "?digest=" + Digest.of(content),
            Arrays.copyOfRange(content, next, content.length),
            "Content-Range",
            next + "-" + (content.length - 1));

    assertThat(next).isBetween(400_000, 700_000);
    assertThat(done.statusCode()).isEqualTo(201);
  }

  @Test
  void takesManyUploadsAtOnceEvenOfTheSameContent() throws Exception {
    byte[] same = new byte[3_000_000];
    ExecutorService pushers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Digest>> pushes =
          IntStream.range(0, 24)
              .<Callable<Digest>>mapToObj(
                  i -> () -> client.upload("lab/app", i % 2 == 0 ? same : new byte[i]))
              .toList();

      for (Future<Digest> push : pushers.invokeAll(pushes)) {
        String blob = "/v2/lab/app/blobs/" + push.get();
        assertThat(Digest.of(client.send("GET", blob).body())).isEqualTo(push.get());
      }
    } finally {
      pushers.shutdown();
    }
    assertThat(unfinished()).isEmpty();
  }

  private HttpResponse<byte[]> chunk(String method, String upload, int from, int to)
      throws IOException, InterruptedException {
    return client.send(
        method,
        upload,
        Arrays.copyOfRange(HELLO, from, to),
        "Content-Range",
        from + "-" + (to - 1),
        "Content-Type",
        "application/octet-stream");
  }

  /** Announces all of the content, sends some of it, and waits until the server has noticed. */
  private void sendAndHangUp(String upload, byte[] content, int sent) throws IOException {
    String[] address = registry.address().split(":", -1);
    try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      String head =
          "PATCH %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
              .formatted(upload, content.length);
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      socket.getOutputStream().write(content, 0, sent);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  private List<Path> unfinished() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("unfinished"))) {
      return files.toList();
    }
  }
}
