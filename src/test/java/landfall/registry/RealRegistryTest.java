package landfall.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.registry.Sites.APP;
import static landfall.registry.Sites.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Rejected;
import landfall.fake.DebianRegistry;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.Tag;
import landfall.registry.fault.Pause;
import landfall.registry.wire.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealRegistryTest {
  private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

  private final Path folder;

  RealRegistryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private DebianRegistry start() throws IOException {
    return DebianRegistry.start(folder);
  }

  private static HttpRegistry open(DebianRegistry server) {
    return HttpRegistry.open(
        Sites.plain(server.address()), bytes -> {}, Pause.real(), Times.usual());
  }

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

  private static String descriptor(String type, byte[] blob) {
    return "{\"mediaType\":\""
        + type
        + "\",\"digest\":\""
        + Digest.of(blob)
        + "\",\"size\":"
        + blob.length
        + "}";
  }

  @Test
  void takesAnImageAndGivesItBackByteForByte() throws IOException {
    byte[] layer = random(3_000_001);
    byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(UTF_8);
    Digest digest = Digest.of(layer);
    try (DebianRegistry server = start();
        HttpRegistry registry = open(server)) {
      registry.ping();
      assertThat(registry.holds(APP, digest, layer.length)).isFalse();

      registry.send(APP, digest, layer.length, source(layer));
      registry.send(APP, Digest.of(config), config.length, source(config));
      String text =
          "{\"schemaVersion\":2,\n \"mediaType\":\""
              + TYPE
              + "\",\"config\":"
              + descriptor("application/vnd.oci.image.config.v1+json", config)
              + ",\"layers\":["
              + descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer)
              + "]}";
      RawManifest manifest = new RawManifest(TYPE, text.getBytes(UTF_8));
      registry.put(APP, "v1", manifest);

      assertThat(registry.holds(APP, digest, layer.length)).isTrue();
      assertThat(registry.holds(APP, digest, layer.length + 1)).isFalse();
      assertThat(registry.tagged(APP, new Tag("v1"))).contains(manifest.digest());
      RawManifest read = registry.manifest(APP, manifest.digest().toString()).orElseThrow();
      assertThat(read.bytes()).isEqualTo(manifest.bytes());
      assertThat(read.mediaType()).isEqualTo(TYPE);
      assertThat(registry.traffic().blobBytes()).isEqualTo(layer.length + config.length);
    }
  }

  @Test
  void mountsABlobAndSendsWhatCannotBeMounted() throws IOException {
    byte[] layer = random(100_000);
    byte[] another = random(200_000);
    try (DebianRegistry server = start();
        HttpRegistry registry = open(server)) {
      registry.send(APP, Digest.of(layer), layer.length, source(layer));

      boolean mounted = registry.mount(OTHER, Digest.of(layer), APP);
      boolean declined = registry.mount(OTHER, Digest.of(another), APP);
      registry.send(OTHER, Digest.of(another), another.length, source(another));

      assertThat(mounted).isTrue();
      assertThat(declined).isFalse();
      assertThat(registry.holds(OTHER, Digest.of(layer), layer.length)).isTrue();
      assertThat(registry.holds(OTHER, Digest.of(another), another.length)).isTrue();
    }
  }

  @Test
  void isToldThatBytesAreNotWhatTheyWereSaidToBe() throws IOException {
    byte[] layer = random(50_000);
    Digest other = Digest.of(random(50_001));
    try (DebianRegistry server = start();
        HttpRegistry registry = open(server)) {
      assertThatThrownBy(() -> registry.send(APP, other, layer.length, source(layer)))
          .isInstanceOf(Rejected.class)
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.CHANGED_DURING_READ);
    }
  }

  @Test
  void findsNothingInAnEmptyRegistry() throws IOException {
    try (DebianRegistry server = start();
        HttpRegistry registry = open(server)) {
      assertThat(registry.tagged(APP, new Tag("v1"))).isEmpty();
      assertThat(registry.manifest(APP, "v1")).isEmpty();
      assertThat(registry.mount(APP, Digest.of(random(5)), OTHER)).isFalse();
    }
  }

  @Test
  void refusesAnImageWhoseLayerIsNotThere() throws IOException {
    byte[] layer = random(10);
    try (DebianRegistry server = start();
        HttpRegistry registry = open(server)) {
      String text =
          "{\"schemaVersion\":2,\"mediaType\":\""
              + TYPE
              + "\",\"config\":"
              + descriptor("application/vnd.oci.image.config.v1+json", layer)
              + ",\"layers\":[]}";

      assertThatThrownBy(() -> registry.put(APP, "v1", new RawManifest(TYPE, text.getBytes(UTF_8))))
          .hasMessageContaining("BLOB_UNKNOWN")
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REFERENCE_UNKNOWN);
    }
  }
}
