package landfall.plan.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.plan.Images;
import landfall.plan.MemoryContents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ContentWalkerTest {
  private static final RepositoryName REPOSITORY = new RepositoryName("lab/x");

  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final Digest ABSENT = Digest.of("absent".getBytes(StandardCharsets.UTF_8));
  private static final String OF_CONFIG = Images.descriptor(CONFIG, Digest.of(bytes("{}")), 2);
  private static final String IMAGE_START =
      "{\"schemaVersion\":2,\"mediaType\":\"" + Images.IMAGE + "\",\"config\":" + OF_CONFIG;

  private final MemoryContents contents = new MemoryContents();
  private final Images images = new Images(contents);

  @Test
  void putsChildrenBeforeTheirIndexAndNamesEveryBlobOnce() {
    Digest index = images.index("amd64", "arm64");

    Content content = walk(index).content().orElseThrow();

    assertThat(content.manifests()).hasSize(3);
    assertThat(content.root().digest()).isEqualTo(index);
    assertThat(content.root().mediaType()).isEqualTo(Images.INDEX);
    assertThat(content.blobs())
        .extracting(part -> part.descriptor())
        .extracting(Descriptor::mediaType)
        .containsExactly(CONFIG, LAYER + "+gzip", LAYER + "+gzip");
    assertThat(content.sparse()).isFalse();
  }

  @Test
  void namesEverythingThatIsMissing() {
    Digest amd64 = Digest.of(bytes(images.manifest("layer for amd64")));
    Digest index = images.index("amd64", "arm64");
    Digest layer = Digest.of(bytes("layer for arm64"));
    contents.without(amd64).without(layer).without(Digest.of(bytes("{}")));

    Walk walk = walk(index);

    assertThat(walk.content()).isEmpty();
    assertThat(walk.gaps())
        .containsExactly(
            new Gap(amd64, "manifest"),
            new Gap(Digest.of(bytes("{}")), "config"),
            new Gap(layer, "layer"));
  }

  @Test
  void leavesOutInstancesThatWereNotMirrored() {
    Digest arm64 = Digest.of(bytes(images.manifest("layer for arm64")));
    Digest index = images.index("amd64", "arm64");
    contents.without(arm64);

    Content content =
        walker().walk("image x", REPOSITORY, index, Set.of("linux/amd64")).content().orElseThrow();

    assertThat(content.manifests()).hasSize(2);
    assertThat(content.sparse()).isTrue();
  }

  @Test
  void infersTheKindOfAManifestThatDoesNotSayIt() {
    String image = images.manifest("a").replace("\"mediaType\":\"" + Images.IMAGE + "\",", "");
    Digest child = contents.blob(image);
    Digest index =
        contents.blob(
            "{\"schemaVersion\":2,\"manifests\":["
                + Images.descriptor(Images.IMAGE, child, image.length())
                + "]}");

    Content content = walk(index).content().orElseThrow();

    assertThat(content.manifests())
        .extracting(part -> part.descriptor().mediaType())
        .containsExactly(Images.IMAGE, Images.INDEX);
  }

  @Test
  void acceptsAnImageWithoutLayersAsGoWritesIt() {
    contents.blob("{}");
    Digest image = contents.blob(IMAGE_START + ",\"layers\":null,\"annotations\":{\"a\":\"b\"}}");

    assertThat(walk(image).content().orElseThrow().blobs()).hasSize(1);
  }

  @Test
  void sharesPartsBetweenImages() {
    ContentWalker walker = walker();
    Content one = walker.walk("a", REPOSITORY, images.image("a"), Set.of()).content().orElseThrow();
    Content two = walker.walk("b", REPOSITORY, images.image("b"), Set.of()).content().orElseThrow();

    assertThat(one.blobs().get(0)).isSameAs(two.blobs().get(0));
  }

  static Stream<Arguments> damaged() {
    String layer = Images.descriptor(LAYER, Digest.of(bytes("a")), 1);
    String image = IMAGE_START + ",\"layers\":[" + layer + "]}";
    return Stream.of(
        damage("no JSON", "{", Code.MANIFEST_INVALID),
        damage("no object", "[]", Code.MANIFEST_INVALID),
        damage("nothing", "", Code.MANIFEST_INVALID),
        damage(
            "a key twice",
            image.replace("\"layers\"", "\"layers\":[],\"layers\""),
            Code.MANIFEST_INVALID),
        damage("text after the end", image + "{}", Code.MANIFEST_INVALID),
        damage("a byte order mark", "\uFEFF" + image, Code.MANIFEST_INVALID),
        damage(
            "layers and manifests",
            image.replace("\"layers\"", "\"manifests\":[],\"layers\""),
            Code.MANIFEST_INVALID),
        damage(
            "layers and manifests untyped",
            "{\"schemaVersion\":2,\"layers\":[],\"manifests\":[]}",
            Code.MANIFEST_INVALID),
        damage(
            "layers of two generations",
            image.replace("\"layers\"", "\"fsLayers\":[],\"layers\""),
            Code.MANIFEST_INVALID),
        damage(
            "layers in other case",
            image.replace("\"layers\"", "\"Layers\":[],\"layers\""),
            Code.MANIFEST_INVALID),
        damage(
            "a digest in other case",
            image.replaceFirst("\"digest\"", "\"Digest\":1,\"digest\""),
            Code.MANIFEST_INVALID),
        damage("neither layers nor manifests", "{\"schemaVersion\":2}", Code.MANIFEST_INVALID),
        damage("no config", "{\"schemaVersion\":2,\"layers\":[]}", Code.MANIFEST_INVALID),
        damage("layers that are no list", IMAGE_START + ",\"layers\":{}}", Code.MANIFEST_INVALID),
        damage(
            "a layer that is no object", IMAGE_START + ",\"layers\":[1]}", Code.MANIFEST_INVALID),
        damage(
            "a mediaType that is no text",
            image.replaceFirst("\"mediaType\":\"[^\"]*\"", "\"mediaType\":7"),
            Code.MANIFEST_INVALID),
        damage(
            "schema version 3",
            image.replace("\"schemaVersion\":2", "\"schemaVersion\":3"),
            Code.MANIFEST_INVALID),
        damage(
            "a traversing digest",
            image.replace(Digest.of(bytes("a")).hex(), "../../x"),
            Code.MANIFEST_INVALID),
        damage(
            "an upper-case digest",
            image.replace(Digest.of(bytes("a")).hex(), "A".repeat(64)),
            Code.MANIFEST_INVALID),
        damage(
            "a fraction of a byte",
            image.replace("\"size\":1}", "\"size\":1.0}"),
            Code.MANIFEST_INVALID),
        damage("another size", image.replace("\"size\":1}", "\"size\":3}"), Code.SIZE_MISMATCH),
        damage("a negative size", image.replace("\"size\":1}", "\"size\":-1}"), Code.SIZE_MISMATCH),
        damage(
            "a size beyond long",
            image.replace("\"size\":1}", "\"size\":99999999999999999999}"),
            Code.SIZE_MISMATCH),
        damage(
            "embedded data of another digest",
            image.replace("\"size\":1}", "\"size\":1,\"data\":\"YWJj\"}"),
            Code.DIGEST_MISMATCH),
        damage(
            "embedded data that is none",
            image.replace("\"size\":1}", "\"size\":1,\"data\":\"!\"}"),
            Code.MANIFEST_INVALID),
        damage("nesting without end", "{\"a\":" + "[".repeat(100_000), Code.LIMIT_EXCEEDED),
        damage(
            "a number without end", "{\"a\":" + "1".repeat(1_000_000) + "}", Code.LIMIT_EXCEEDED),
        damage("more than 4 MiB", " ".repeat(5_000_000) + image, Code.LIMIT_EXCEEDED),
        damage(
            "too many layers",
            IMAGE_START + ",\"layers\":[" + "1,".repeat(5000) + "1]}",
            Code.LIMIT_EXCEEDED),
        damage(
            "too many children",
            "{\"schemaVersion\":2,\"manifests\":[" + "1,".repeat(1000) + "1]}",
            Code.LIMIT_EXCEEDED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damaged")
  void refusesTheArchiveForADamagedManifest(String what, String manifest, Code code) {
    contents.blob("a");
    contents.blob("{}");
    Digest root = contents.blob(manifest);

    assertThatExceptionOfType(Rejected.class)
        .as(what)
        .isThrownBy(() -> walk(root))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code))
        .satisfies(refusal -> assertThat(refusal.sentence()).startsWith("image x"));
  }

  @Test
  void refusesUtf16ThatJacksonWouldGuess() {
    Digest root = contents.blob("{\"schemaVersion\":1}".getBytes(StandardCharsets.UTF_16LE));

    assertCode(root, Code.MANIFEST_INVALID);
  }

  @Test
  void acceptsEmbeddedDataThatIsTheContent() {
    contents.blob("a");
    contents.blob("{}");
    String layer = Images.descriptor(LAYER, Digest.of(bytes("a")), 1);
    String data = Base64.getEncoder().encodeToString(bytes("a"));
    String embedded = layer.replace("\"size\":1}", "\"size\":1,\"data\":\"" + data + "\"}");

    Walk walk = walk(contents.blob(IMAGE_START + ",\"layers\":[" + embedded + "]}"));

    assertThat(walk.content()).isPresent();
  }

  @Test
  void refusesContentThatIsNotWhatItsDigestSays() {
    Digest root = images.image("a");
    contents.blob(root, bytes(images.manifest("b")));

    assertCode(root, Code.DIGEST_MISMATCH);
  }

  @Test
  void refusesAChildWhoseSizeOrKindIsNotWhatItsIndexSays() {
    String manifest = images.manifest("a");
    Digest child = contents.blob(manifest);

    assertCode(index(Images.descriptor(Images.IMAGE, child, 1)), Code.SIZE_MISMATCH);
    assertCode(
        index(Images.descriptor(Images.INDEX, child, manifest.length())), Code.MANIFEST_INVALID);
  }

  @Test
  void refusesIndexesNestedWithoutEnd() {
    String index = "{\"schemaVersion\":2,\"manifests\":[]}";
    for (int depth = 0; depth < 4; depth++) {
      Digest child = contents.blob(index);
      index =
          "{\"schemaVersion\":2,\"manifests\":["
              + Images.descriptor(Images.INDEX, child, index.length())
              + "]}";
    }
    Digest root = contents.blob(index);

    assertCode(root, Code.LIMIT_EXCEEDED);
  }

  @Test
  void visitsAnIndexThatNamesTheSameChildOftenOnce() {
    String manifest = images.manifest("a");
    String child = Images.descriptor(Images.IMAGE, contents.blob(manifest), manifest.length());
    String children = String.join(",", IntStream.range(0, 999).mapToObj(i -> child).toList());

    Content content = walk(index(children)).content().orElseThrow();

    assertThat(content.manifests()).hasSize(2);
  }

  static Stream<Arguments> unwanted() {
    return Stream.of(
        Arguments.of("schema 1", "{\"schemaVersion\":1,\"fsLayers\":[]}"),
        Arguments.of(
            "an artifact",
            "{\"mediaType\":\"application/vnd.oci.artifact.manifest.v1+json\",\"blobs\":[]}"),
        Arguments.of(
            "a sha512 digest",
            IMAGE_START
                + ",\"layers\":["
                + Images.descriptor(LAYER, ABSENT, 1)
                    .replace("sha256:" + ABSENT.hex(), "sha512:" + "a".repeat(128))
                + "]}"),
        Arguments.of(
            "an index of other things",
            "{\"schemaVersion\":2,\"manifests\":["
                + Images.descriptor("text/plain", ABSENT, 1)
                + "]}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unwanted")
  void refusesOnlyTheImageForWhatIsNotPushed(String what, String manifest) {
    contents.blob("{}");
    Digest root = contents.blob(manifest);

    assertThatExceptionOfType(ImageRefused.class)
        .as(what)
        .isThrownBy(() -> walk(root))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.MEDIATYPE_REJECTED));
  }

  static Stream<String> foreign() {
    return Stream.of(
        Images.descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar", ABSENT, 1),
        Images.descriptor(LAYER, ABSENT, 1)
            .replace("\"size\":1}", "\"size\":1,\"urls\":[\"http://169.254.169.254/\"]}"));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void leavesAForeignLayerWhereItLies(String layer) {
    contents.blob("{}");

    Walk walk = walk(contents.blob(IMAGE_START + ",\"layers\":[" + layer + "]}"));

    assertThat(walk.content().orElseThrow().foreign()).containsExactly(ABSENT);
    assertThat(walk.content().orElseThrow().blobs()).hasSize(1);
  }

  @Test
  void pushesAForeignLayerThatTheArchiveBrings() {
    contents.blob("{}");
    Digest layer = contents.blob("x");
    String foreign =
        Images.descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar", layer, 1);

    Walk walk = walk(contents.blob(IMAGE_START + ",\"layers\":[" + foreign + "]}"));

    assertThat(walk.content().orElseThrow().blobs()).hasSize(2);
  }

  private Digest index(String children) {
    return contents.blob("{\"schemaVersion\":2,\"manifests\":[" + children + "]}");
  }

  private void assertCode(Digest root, Code code) {
    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> walk(root))
        .extracting(Failure::code)
        .isEqualTo(code);
  }

  private Walk walk(Digest root) {
    return walker().walk("image x", REPOSITORY, root, Set.of());
  }

  private ContentWalker walker() {
    return new ContentWalker(contents, digest -> false, Elsewhere.NOWHERE);
  }

  private static Arguments damage(String what, String manifest, Code code) {
    return Arguments.of(what, manifest, code);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
