package landfall.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import landfall.image.Digest;
import landfall.image.RawManifest;

/** A plain client of the registry under test, with shorthand for the usual steps of a push. */
final class Client {
  static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
  static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = new JsonMapper();

  private final String address;

  Client(EmbeddedRegistry registry) {
    this.address = registry.address();
  }

  HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, BodyPublishers.ofByteArray(body), headers);
  }

  HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, BodyPublishers.noBody(), headers);
  }

  /** Without a Content-Length, as pushers do that stream. */
  HttpResponse<byte[]> stream(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(
        method, path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), headers);
  }

  private HttpResponse<byte[]> send(
      String method, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Opens an upload and tells where it goes on. */
  String begin(String repository) throws IOException, InterruptedException {
    HttpResponse<byte[]> begun = send("POST", "/v2/" + repository + "/blobs/uploads/");
    return header(begun, "Location");
  }

  Digest upload(String repository, byte[] content) throws IOException, InterruptedException {
    Digest digest = Digest.of(content);
    HttpResponse<byte[]> answer =
        send("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest, content);
    if (answer.statusCode() != 201) {
      throw new IOException("upload answered " + answer.statusCode() + " " + codes(answer));
    }
    return digest;
  }

  HttpResponse<byte[]> put(String repository, String reference, RawManifest manifest)
      throws IOException, InterruptedException {
    return send(
        "PUT",
        "/v2/" + repository + "/manifests/" + reference,
        manifest.bytes(),
        "Content-Type",
        manifest.mediaType());
  }

  /** Pushes a small image under a tag. */
  RawManifest image(String repository, String tag) throws IOException, InterruptedException {
    Digest config = upload(repository, "{}".getBytes(UTF_8));
    Digest layer = upload(repository, ("layer of " + tag).getBytes(UTF_8));
    RawManifest manifest = image(config, layer);
    put(repository, tag, manifest);
    return manifest;
  }

  static RawManifest image(Digest config, Digest layer) {
    return manifest(
        OCI_IMAGE,
        """
        {"schemaVersion": 2, "mediaType": "%s",
          "config": {"mediaType": "application/vnd.oci.image.config.v1+json",
            "digest": "%s", "size": 2},
          "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar",
            "digest": "%s", "size": 1}]}
        """
            .formatted(OCI_IMAGE, config, layer));
  }

  static RawManifest manifest(String mediaType, String json) {
    return new RawManifest(mediaType, json.getBytes(UTF_8));
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("absent");
  }

  static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  /** The codes of an error answer. */
  static List<String> codes(HttpResponse<byte[]> answer) throws IOException {
    return json(answer).path("errors").findValuesAsText("code");
  }
}
