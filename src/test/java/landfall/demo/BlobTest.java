package landfall.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.demo.Client.codes;
import static landfall.demo.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import landfall.image.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobTest {
  private static final byte[] DIGITS = "0123456789".getBytes(UTF_8);
  private static final String BLOB = "/v2/lab/app/blobs/" + Digest.of(DIGITS);

  private EmbeddedRegistry registry;
  private Client client;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    registry = EmbeddedRegistry.start(folder, 0);
    client = new Client(registry);
    client.upload("lab/app", DIGITS);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void givesABlobWhole() throws Exception {
    HttpResponse<byte[]> got = client.send("GET", BLOB);

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.body()).isEqualTo(DIGITS);
    assertThat(header(got, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(got, "Docker-Content-Digest")).isEqualTo(Digest.of(DIGITS).toString());
    assertThat(header(got, "Accept-Ranges")).isEqualTo("bytes");
  }

  @Test
  void tellsTheExactSizeOnHead() throws Exception {
    HttpResponse<byte[]> head = client.send("HEAD", BLOB, "Range", "bytes=2-3");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "Content-Length")).isEqualTo("10");
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=2-5, 2345, bytes 2-5/10",
    "bytes=7-, 789, bytes 7-9/10",
    "bytes=-3, 789, bytes 7-9/10",
    "bytes=-99, 0123456789, bytes 0-9/10",
    "bytes=0-0, 0, bytes 0-0/10",
    "bytes=8-99, 89, bytes 8-9/10",
  })
  void givesAPartOfABlob(String asked, String part, String said) throws Exception {
    HttpResponse<byte[]> got = client.send("GET", BLOB, "Range", asked);

    assertThat(got.statusCode()).isEqualTo(206);
    assertThat(new String(got.body(), UTF_8)).isEqualTo(part);
    assertThat(header(got, "Content-Range")).isEqualTo(said);
    assertThat(header(got, "Content-Length")).isEqualTo("" + part.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=999999999999999999-"})
  void refusesAPartBeyondTheEnd(String asked) throws Exception {
    HttpResponse<byte[]> got = client.send("GET", BLOB, "Range", asked);

    assertThat(got.statusCode()).isEqualTo(416);
    assertThat(header(got, "Content-Range")).isEqualTo("bytes */10");
    assertThat(codes(got)).containsExactly("RANGE_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=5-2", "bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=x", "bytes=1-2-3"})
  void givesTheWholeWhenTheRangeIsNotOneItUnderstands(String asked) throws Exception {
    HttpResponse<byte[]> got = client.send("GET", BLOB, "Range", asked);

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.body()).isEqualTo(DIGITS);
  }

  @Test
  void showsABlobInNoOtherRepository() throws Exception {
    HttpResponse<byte[]> got = client.send("GET", BLOB.replace("lab/app", "lab/other"));

    assertThat(got.statusCode()).isEqualTo(404);
    assertThat(codes(got)).containsExactly("BLOB_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:abc", "sha512:00", "..", "%2e%2e"})
  void refusesWhatIsNoDigest(String text) throws Exception {
    HttpResponse<byte[]> got = client.send("GET", "/v2/lab/app/blobs/" + text);

    assertThat(got.statusCode()).isEqualTo(400);
    assertThat(codes(got)).containsExactly("DIGEST_INVALID");
  }

  @Test
  void deletesNothing() throws Exception {
    HttpResponse<byte[]> answer = client.send("DELETE", BLOB);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(codes(answer)).containsExactly("UNSUPPORTED");
    assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    assertThat(client.send("HEAD", BLOB).statusCode()).isEqualTo(200);
  }
}
