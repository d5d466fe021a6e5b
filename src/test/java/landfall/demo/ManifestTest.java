package landfall.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.demo.Client.OCI_IMAGE;
import static landfall.demo.Client.OCI_INDEX;
import static landfall.demo.Client.codes;
import static landfall.demo.Client.header;
import static landfall.demo.Client.json;
import static landfall.demo.Client.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import landfall.image.Digest;
import landfall.image.RawManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final int LARGEST = 4 * 1024 * 1024;
  private static final Digest ABSENT = Digest.of("absent".getBytes(UTF_8));

  private EmbeddedRegistry registry;
  private Client client;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    registry = EmbeddedRegistry.start(folder, 0);
    client = new Client(registry);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void givesAManifestByTagAndByDigestJustAsItCame() throws Exception {
    RawManifest image = client.image("lab/app", "v1");

    for (String reference : new String[] {"v1", image.digest().toString()}) {
      HttpResponse<byte[]> got = client.send("GET", "/v2/lab/app/manifests/" + reference);
      HttpResponse<byte[]> head = client.send("HEAD", "/v2/lab/app/manifests/" + reference);

      assertThat(got.body()).isEqualTo(image.bytes());
      assertThat(header(got, "Content-Type")).isEqualTo(OCI_IMAGE);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(header(head, "Content-Type")).isEqualTo(OCI_IMAGE);
      assertThat(header(head, "Content-Length")).isEqualTo("" + image.length());
      assertThat(header(head, "Docker-Content-Digest")).isEqualTo(image.digest().toString());
    }
  }

  @Test
  void saysWhereAManifestWasStored() throws Exception {
    RawManifest index = index();

    HttpResponse<byte[]> answer = client.put("lab/app", "v1", index);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(answer, "Location")).isEqualTo("/v2/lab/app/manifests/" + index.digest());
    assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(index.digest().toString());
  }

  @Test
  void movesATagAndKeepsTheOldManifest() throws Exception {
    RawManifest old = client.image("lab/app", "latest");
    RawManifest young = client.image("lab/app", "v2");

    client.put("lab/app", "latest", young);

    assertThat(client.send("GET", "/v2/lab/app/manifests/latest").body()).isEqualTo(young.bytes());
    assertThat(client.send("GET", "/v2/lab/app/manifests/" + old.digest()).body())
        .isEqualTo(old.bytes());
  }

  @Test
  void storesAManifestByDigestWithoutATag() throws Exception {
    RawManifest index = index();

    HttpResponse<byte[]> stored = client.put("lab/app", index.digest().toString(), index);
    HttpResponse<byte[]> wrong = client.put("lab/app", ABSENT.toString(), index);

    assertThat(stored.statusCode()).isEqualTo(201);
    assertThat(json(client.send("GET", "/v2/lab/app/tags/list")).path("tags")).isEmpty();
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(codes(wrong)).containsExactly("DIGEST_INVALID");
  }

  @Test
  void refusesAnImageWithoutItsBlobsAndNamesEachOfThem() throws Exception {
    Digest elsewhere = client.upload("lab/other", "{}".getBytes(UTF_8));

    HttpResponse<byte[]> answer = client.put("lab/app", "v1", Client.image(elsewhere, ABSENT));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(codes(answer)).containsExactly("MANIFEST_BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN");
    assertThat(json(answer).findValuesAsText("detail"))
        .containsExactlyInAnyOrder(elsewhere.toString(), ABSENT.toString());
    assertThat(client.send("GET", "/v2/lab/app/manifests/v1").statusCode()).isEqualTo(404);
  }

  @Test
  void takesAnIndexOnlyWhenItsChildrenAreThere() throws Exception {
    RawManifest child = client.image("lab/app", "child");

    HttpResponse<byte[]> sparse = client.put("lab/app", "multi", index(child.digest(), ABSENT));
    HttpResponse<byte[]> whole = client.put("lab/app", "multi", index(child.digest()));
    HttpResponse<byte[]> nested = client.put("lab/app", "nested", index(index().digest()));

    assertThat(sparse.statusCode()).isEqualTo(400);
    assertThat(json(sparse).findValuesAsText("detail")).containsExactly(ABSENT.toString());
    assertThat(whole.statusCode()).isEqualTo(201);
    assertThat(nested.statusCode()).isEqualTo(400);
  }

  @Test
  void takesAManifestWhoseSubjectIsMissing() throws Exception {
    RawManifest referrer =
        manifest(
            OCI_INDEX,
            "{\"schemaVersion\":2,\"manifests\":[],\"subject\":{\"digest\":\"" + ABSENT + "\"}}");

    HttpResponse<byte[]> answer = client.put("lab/app", "v1", referrer);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(answer, "OCI-Subject")).isEqualTo("absent");
  }

  @Test
  void takesAManifestOf4MebibytesAndNotAByteMore() throws Exception {
    HttpResponse<byte[]> largest = client.put("lab/app", "v1", indexOfLength(LARGEST));
    HttpResponse<byte[]> larger = client.put("lab/app", "v1", indexOfLength(LARGEST + 1));
    HttpResponse<byte[]> huge = client.put("lab/app", "v1", indexOfLength(10 * LARGEST));

    assertThat(largest.statusCode()).isEqualTo(201);
    assertThat(larger.statusCode()).isEqualTo(413);
    assertThat(huge.statusCode()).isEqualTo(413);
    assertThat(codes(huge)).containsExactly("SIZE_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{}",
        "{\"layers\":[]}",
        "{\"manifests\":{}}",
        "{\"manifests\":[]} {}",
        "{\"manifests\":[],\"manifests\":[]}",
        "{\"manifests\":[],\"layers\":[]}",
        "{\"manifests\":[{}]}",
        "{\"manifests\":[{\"digest\":\"sha256:../../x\"}]}",
        "{\"manifests\":[],\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"}",
      })
  void refusesWhatIsNoManifest(String text) throws Exception {
    HttpResponse<byte[]> answer = client.put("lab/app", "v1", manifest(OCI_INDEX, text));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(codes(answer)).containsExactly("MANIFEST_INVALID");
  }

  @Test
  void refusesJsonNestedWithoutEnd() throws Exception {
    String deep = "{\"manifests\":" + "[".repeat(100_000);

    HttpResponse<byte[]> answer = client.put("lab/app", "v1", manifest(OCI_INDEX, deep));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(codes(answer)).containsExactly("MANIFEST_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "text/", "a/b; charset=utf-8"})
  void refusesAManifestUnderWhatIsNoMediaType(String type) throws Exception {
    HttpResponse<byte[]> answer = client.put("lab/app", "v1", manifest(type, "{\"manifests\":[]}"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(codes(answer)).containsExactly("MANIFEST_INVALID");
  }

  @Test
  void refusesAManifestWithoutContentType() throws Exception {
    HttpResponse<byte[]> answer = client.send("PUT", "/v2/lab/app/manifests/v1", index().bytes());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(codes(answer)).containsExactly("MANIFEST_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"v1", "sha256:0000000000000000000000000000000000000000000000000000000000000000"})
  void knowsNoManifestThatWasNotStored(String reference) throws Exception {
    HttpResponse<byte[]> answer = client.send("GET", "/v2/lab/app/manifests/" + reference);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(codes(answer)).containsExactly("MANIFEST_UNKNOWN");
  }

  @Test
  void showsAManifestInNoOtherRepository() throws Exception {
    Digest digest = client.image("lab/app", "v1").digest();

    int elsewhere = client.send("GET", "/v2/lab/other/manifests/" + digest).statusCode();

    assertThat(elsewhere).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {".hidden", "-v", "%2e%2e", "a%20b", ""})
  void refusesWhatIsNoTag(String tag) throws Exception {
    HttpResponse<byte[]> put = client.put("lab/app", tag, index());
    HttpResponse<byte[]> got = client.send("GET", "/v2/lab/app/manifests/" + tag);

    assertThat(put.statusCode()).isEqualTo(400);
    assertThat(codes(put)).containsExactly("TAG_INVALID");
    assertThat(codes(got)).containsExactly("TAG_INVALID");
  }

  @Test
  void deletesNothing() throws Exception {
    Digest digest = client.image("lab/app", "v1").digest();

    HttpResponse<byte[]> answer = client.send("DELETE", "/v2/lab/app/manifests/" + digest);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(codes(answer)).containsExactly("UNSUPPORTED");
    assertThat(client.send("HEAD", "/v2/lab/app/manifests/v1").statusCode()).isEqualTo(200);
  }

  private static RawManifest index(Digest... children) {
    StringBuilder manifests = new StringBuilder();
    for (Digest child : children) {
      manifests
          .append(manifests.isEmpty() ? "" : ",")
          .append("{\"mediaType\":\"" + OCI_IMAGE + "\",\"size\":1,\"digest\":\"" + child + "\"}");
    }
    return manifest(OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[" + manifests + "]}");
  }

  private static RawManifest indexOfLength(int length) {
    String start = "{\"manifests\":[],\"annotations\":{\"a\":\"";
    String end = "\"}}";
    return manifest(OCI_INDEX, start + "x".repeat(length - start.length() - end.length()) + end);
  }
}
