package landfall.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import landfall.image.Descriptor;
import landfall.image.Digest;

/** Writes images with random layers into an OCI image layout, for skopeo to copy from. */
final class OciLayout {
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

  private final Path folder;

  OciLayout(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("blobs/sha256"));
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  Descriptor image(String architecture, int layerSize) throws IOException {
    Descriptor layer = layer(layerSize);
    Descriptor config =
        blob(
            CONFIG,
            "{\"architecture\":\"%s\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
                .formatted(architecture, layer.digest()));
    return blob(
        Client.OCI_IMAGE,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(Client.OCI_IMAGE, json(config), json(layer)));
  }

  Descriptor index(Descriptor amd64, Descriptor arm64) throws IOException {
    return blob(
        Client.OCI_INDEX,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
            .formatted(Client.OCI_INDEX, on("amd64", amd64), on("arm64", arm64)));
  }

  /** Makes this the one thing the layout is about. */
  void name(Descriptor root) throws IOException {
    Files.writeString(
        folder.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + json(root) + "]}");
  }

  /** Random bytes that look like gzip, so that skopeo sees no reason to compress them. */
  private Descriptor layer(int size) throws IOException {
    Path unnamed = folder.resolve("layer");
    MessageDigest hash = Digest.sha256();
    try (OutputStream file = Files.newOutputStream(unnamed);
        OutputStream gzip = new StoredGzip(new DigestOutputStream(file, hash))) {
      Random random = new Random(size);
      byte[] bytes = new byte[1 << 20];
      for (int left = size; left > 0; left -= bytes.length) {
        random.nextBytes(bytes);
        gzip.write(bytes, 0, Math.min(left, bytes.length));
      }
    }
    Digest digest = Digest.ofHash(hash.digest());
    Files.move(unnamed, file(digest));
    return new Descriptor(LAYER, digest, Files.size(file(digest)));
  }

  private Descriptor blob(String mediaType, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    Digest digest = Digest.of(bytes);
    Files.write(file(digest), bytes);
    return new Descriptor(mediaType, digest, bytes.length);
  }

  private Path file(Digest digest) {
    return folder.resolve("blobs/sha256").resolve(digest.hex());
  }

  private static String json(Descriptor descriptor) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size());
  }

  private static String on(String architecture, Descriptor image) {
    return json(image)
        .replaceFirst(
            "}$", ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}}");
  }

  /** A gzip stream that stores instead of compressing, which is all that random bytes need. */
  private static final class StoredGzip extends GZIPOutputStream {
    StoredGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.NO_COMPRESSION);
    }
  }
}
