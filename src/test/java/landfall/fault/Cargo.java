package landfall.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.registry.BlobSource;
import landfall.registry.Registry;

/** One small image, and every request that brings it to a registry. */
final class Cargo {
  static final RepositoryName REPOSITORY = new RepositoryName("lab/app");
  static final RepositoryName OTHER = new RepositoryName("lab/other");
  static final Tag TAG = new Tag("v1");

  private static final String TYPE = "application/vnd.oci.image.";

  private final byte[] layer;
  private final byte[] config;
  private final RawManifest manifest;

  private Cargo(byte[] layer, byte[] config, RawManifest manifest) {
    this.layer = layer;
    this.config = config;
    this.manifest = manifest;
  }

  RawManifest manifest() {
    return manifest;
  }

  static Cargo of(int layerBytes) {
    byte[] layer = new byte[layerBytes];
    new Random(layerBytes).nextBytes(layer);
    byte[] config = ("{\"os\":\"linux\",\"made\":" + layerBytes + "}").getBytes(UTF_8);
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\""
            + TYPE
            + "manifest.v1+json\",\"config\":"
            + part("config.v1+json", config)
            + ",\"layers\":["
            + part("layer.v1.tar", layer)
            + "]}";
    return new Cargo(
        layer, config, new RawManifest(TYPE + "manifest.v1+json", text.getBytes(UTF_8)));
  }

  private static String part(String type, byte[] blob) {
    return "{\"mediaType\":\""
        + TYPE
        + type
        + "\",\"digest\":\""
        + Digest.of(blob)
        + "\",\"size\":"
        + blob.length
        + "}";
  }

  /** As a delivery does it: blobs, manifest, read-back, tag. */
  void push(Registry registry) {
    registry.ping();
    pushOnly(registry);
  }

  /** The same without a ping. */
  void pushOnly(Registry registry) {
    send(registry, config);
    registry.mount(REPOSITORY, Digest.of(layer), OTHER);
    send(registry, layer);
    registry.put(REPOSITORY, manifest.digest().toString(), manifest);
    registry.manifest(REPOSITORY, manifest.digest().toString());
    registry.put(REPOSITORY, TAG.name(), manifest);
    registry.tagged(REPOSITORY, TAG);
  }

  private void send(Registry registry, byte[] blob) {
    if (!registry.holds(REPOSITORY, Digest.of(blob), blob.length)) {
      registry.send(REPOSITORY, Digest.of(blob), blob.length, source(blob));
    }
  }

  private static BlobSource source(byte[] blob) {
    return offset -> {
      InputStream in = new ByteArrayInputStream(blob);
      in.skipNBytes(offset);
      return in;
    };
  }

  /** Writes an auth file for a registry whose password nobody else may ever see. */
  static Path login(Path folder, String registry, String password) throws IOException {
    String word = Base64.getEncoder().encodeToString(("pusher:" + password).getBytes(UTF_8));
    return Files.writeString(
        folder.resolve("auth.json"),
        "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + word + "\"}}}");
  }
}
