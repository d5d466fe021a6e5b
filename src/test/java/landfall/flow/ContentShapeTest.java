package landfall.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import landfall.demo.EmbeddedRegistry;
import landfall.fake.DebianRegistry;
import landfall.image.Digest;
import landfall.ledger.State;
import landfall.report.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything archives may hold beside plain images: it gets through whole, or alone it does not.
 */
class ContentShapeTest {
  private static final String EMPTY = "application/vnd.oci.empty.v1+json";
  private static final String DOCKER = "application/vnd.docker.";
  private static final String DOCKER_IMAGE = DOCKER + "distribution.manifest.v2+json";
  private static final String DOCKER_LIST = DOCKER + "distribution.manifest.list.v2+json";
  private static final Digest ABSENT = Digest.of("absent".getBytes(UTF_8));

  /**
   * One kind of content.
   *
   * @param expected the media type it is stored with, or the code it alone is refused for
   */
  private record Shape(String name, String expected, Function<Made, String> maker) {
    boolean taken() {
      return expected.contains("/");
    }

    String manifest(Made made) {
      return maker.apply(made);
    }
  }

  private static final List<Shape> SHAPES =
      List.of(
          shape(
              "artifact",
              Made.OCI_IMAGE,
              made -> artifact(made, "\"artifactType\":\"application/vnd.example.sbom\",", "sbom")),
          shape(
              "other-artifact-with-the-same-empty-config",
              Made.OCI_IMAGE,
              made ->
                  artifact(made, "\"artifactType\":\"application/vnd.example.other\",", "other")),
          shape(
              "referrer",
              Made.OCI_IMAGE,
              made -> {
                String subject = made.image("the subject");
                return artifact(
                    made,
                    "\"subject\":" + made.part(Made.OCI_IMAGE, subject) + ",",
                    "signature of the subject");
              }),
          shape(
              "referrer-of-nothing",
              Made.OCI_IMAGE,
              made -> {
                String subject = Made.absent(Made.OCI_IMAGE, ABSENT, 7);
                return artifact(made, "\"subject\":" + subject + ",", "signature of nothing");
              }),
          shape(
              "artifact-index",
              Made.OCI_INDEX,
              made ->
                  index(
                          Made.OCI_INDEX,
                          made.part(Made.OCI_IMAGE, artifact(made, "", "listed")),
                          made.part(Made.OCI_IMAGE, made.image("listed")))
                      .replaceFirst(",", ",\"artifactType\":\"application/vnd.example.list\",")),
          shape(
              "zstd-layers",
              Made.OCI_IMAGE,
              made ->
                  image(
                      Made.OCI_IMAGE,
                      made.part(Made.OCI_CONFIG, "{}"),
                      made.part("application/vnd.oci.image.layer.v1.tar+zstd", "packed by zstd"))),
          shape(
              "no-layers",
              Made.OCI_IMAGE,
              made -> image(Made.OCI_IMAGE, made.part(Made.OCI_CONFIG, "{\"layers\":0}"))),
          shape(
              "empty-blob",
              Made.OCI_IMAGE,
              made ->
                  image(
                      Made.OCI_IMAGE,
                      made.part(Made.OCI_CONFIG, "{\"empty\":1}"),
                      made.part(Made.OCI_LAYER, ""))),
          shape(
              "same-layer-twice",
              Made.OCI_IMAGE,
              made -> {
                String layer = made.part(Made.OCI_LAYER, "twice");
                return image(
                    Made.OCI_IMAGE, made.part(Made.OCI_CONFIG, "{\"twice\":1}"), layer, layer);
              }),
          shape(
              "nested-indexes",
              Made.OCI_INDEX,
              made -> {
                String inner =
                    index(Made.OCI_INDEX, made.part(Made.OCI_IMAGE, made.image("deep inside")));
                return index(
                    Made.OCI_INDEX,
                    made.part(Made.OCI_INDEX, inner),
                    made.part(Made.OCI_IMAGE, made.image("beside it")));
              }),
          shape("empty-index", Made.OCI_INDEX, made -> index(Made.OCI_INDEX)),
          shape(
              "docker-list",
              DOCKER_LIST,
              made ->
                  index(DOCKER_LIST, made.part(DOCKER_IMAGE, docker(made, DOCKER_IMAGE)))
                      .replace(
                          "\"size\":",
                          "\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"},\"size\":")),
          shape("docker", DOCKER_IMAGE, made -> docker(made, DOCKER_IMAGE)),
          shape("oci-without-media-type", Made.OCI_IMAGE, made -> untyped(made.image("untyped"))),
          shape(
              "index-without-media-type",
              Made.OCI_INDEX,
              made ->
                  untyped(
                      index(
                          Made.OCI_INDEX,
                          made.part(Made.OCI_IMAGE, untyped(made.image("of untyped")))))),
          shape(
              "docker-called-so-by-its-list-only",
              Made.OCI_INDEX,
              made ->
                  index(
                      Made.OCI_INDEX,
                      made.part(DOCKER_IMAGE, untyped(docker(made, "to be taken out"))))),
          shape(
              "embedded-data",
              Made.OCI_IMAGE,
              made -> {
                String config = made.part(EMPTY, "{}");
                String data = Base64.getEncoder().encodeToString("{}".getBytes(UTF_8));
                return image(
                    Made.OCI_IMAGE,
                    config.replace("\"size\":2", "\"size\":2,\"data\":\"" + data + "\""),
                    made.part(Made.OCI_LAYER, "beside data"));
              }),
          shape(
              "foreign-layer-in-the-archive",
              Made.OCI_IMAGE,
              made ->
                  image(
                      Made.OCI_IMAGE,
                      made.part(Made.OCI_CONFIG, "{\"foreign\":1}"),
                      made.part(
                          "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                          "carried"))),
          shape(
              "foreign-layer-elsewhere",
              "MEDIATYPE_REJECTED",
              made -> {
                String layer =
                    Made.absent(
                            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                            ABSENT,
                            6)
                        .replace("\"size\"", "\"urls\":[\"http://169.254.169.254/x\"],\"size\"");
                return image(Made.OCI_IMAGE, made.part(Made.OCI_CONFIG, "{\"foreign\":2}"), layer);
              }),
          shape(
              "schema-1",
              "MEDIATYPE_REJECTED",
              made ->
                  "{\"schemaVersion\":1,\"name\":\"lab/x\",\"tag\":\"v1\",\"fsLayers\":[{\"blobSum\":\""
                      + made.blob("old")
                      + "\"}],\"history\":[],\"signatures\":[]}"),
          shape(
              "schema-1-signed",
              "MEDIATYPE_REJECTED",
              made ->
                  "{\"schemaVersion\":1,\"mediaType\":\""
                      + DOCKER
                      + "distribution.manifest.v1+prettyjws\",\"fsLayers\":[]}"),
          shape(
              "artifact-manifest",
              "MEDIATYPE_REJECTED",
              made ->
                  "{\"mediaType\":\"application/vnd.oci.artifact.manifest.v1+json\",\"blobs\":["
                      + made.part(Made.OCI_LAYER, "of the old kind")
                      + "]}"),
          shape(
              "unknown-media-type",
              "MEDIATYPE_REJECTED",
              made ->
                  image(
                      "application/vnd.example.manifest",
                      made.part(Made.OCI_CONFIG, "{\"unknown\":1}"))),
          shape(
              "sha512",
              "MEDIATYPE_REJECTED",
              made -> {
                String layer = Made.absent(Made.OCI_LAYER, ABSENT, 6);
                return image(
                    Made.OCI_IMAGE,
                    made.part(Made.OCI_CONFIG, "{\"sha512\":1}"),
                    layer.replace(ABSENT.toString(), "sha512:" + "a".repeat(128)));
              }));

  private static Shape shape(String name, String expected, Function<Made, String> maker) {
    return new Shape(name, expected, maker);
  }

  private final Path folder;

  ContentShapeTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("site"));
  }

  @Test
  void theEmbeddedRegistryGetsEverything() throws Exception {
    try (EmbeddedRegistry registry =
        EmbeddedRegistry.start(Files.createDirectory(folder.resolve("registry")), 0)) {
      assertThatItGetsThrough(registry.address(), SHAPES);
    }
  }

  @Test
  void dockerRegistryGetsEverything() throws Exception {
    try (DebianRegistry registry =
        DebianRegistry.start(Files.createDirectory(folder.resolve("registry")))) {
      assertThatItGetsThrough(registry.address(), SHAPES);
    }
  }

  private void assertThatItGetsThrough(String address, List<Shape> shapes) throws Exception {
    Made made = new Made();
    shapes.forEach(shape -> made.tag(repository(shape), "v1", shape.manifest(made)));
    Path file = made.write(folder, "shapes.tar");
    try (Site site = Site.serving(folder.resolve("data"), "site=docker://" + address)) {
      site.drop(file, folder.resolve("shapes.tar.sha256"));

      Receipt receipt = site.await("shapes.tar", State.DELIVERED_WITH_FAILURES);

      assertThat(receipt.targets().get(0).failures())
          .extracting(failure -> failure.image() + " " + failure.code())
          .containsExactlyInAnyOrderElementsOf(
              shapes.stream()
                  .filter(shape -> !shape.taken())
                  .map(shape -> "quay.io/" + repository(shape) + ":v1 " + shape.expected)
                  .toList());
      for (Shape shape : shapes) {
        if (shape.taken()) {
          assertStored(address, shape);
        }
      }
    }
  }

  private static void assertStored(String address, Shape shape) throws Exception {
    String place = "http://" + address + "/v2/" + repository(shape) + "/manifests/v1";
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(place))
                    .header("Accept", shape.expected())
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.body()).as(shape.name()).isEqualTo(shape.manifest(new Made()));
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(shape.name())
        .contains(shape.expected());
  }

  private static String repository(Shape shape) {
    return "lab/" + shape.name();
  }

  private static String image(String mediaType, String config, String... layers) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
        .formatted(mediaType, config, String.join(",", layers));
  }

  private static String index(String mediaType, String... children) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
        .formatted(mediaType, String.join(",", children));
  }

  private static String artifact(Made made, String fields, String content) {
    return image(
            Made.OCI_IMAGE,
            made.part(EMPTY, "{}"),
            made.part("application/vnd.example.content", content))
        .replace("\"config\"", fields + "\"config\"");
  }

  private static String docker(Made made, String mediaType) {
    return image(
        mediaType,
        made.part(DOCKER + "container.image.v1+json", "{\"of\":\"docker\"}"),
        made.part(DOCKER + "image.rootfs.diff.tar.gzip", "docker's layer"));
  }

  private static String untyped(String manifest) {
    return manifest.replaceFirst("\"mediaType\":\"[^\"]*\",", "");
  }
}
