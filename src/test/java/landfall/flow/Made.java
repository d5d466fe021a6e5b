package landfall.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import landfall.archive.TarBuilder;
import landfall.image.Digest;

/** An archive as oc-mirror writes it, of images that a test words itself. */
final class Made {
  static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
  static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  private final Map<Digest, byte[]> blobs = new LinkedHashMap<>();
  private final Map<String, Digest> tags = new LinkedHashMap<>();
  private final List<String> wanted = new ArrayList<>();

  /** Puts content in and gives its digest. */
  Digest blob(String content) {
    byte[] bytes = content.getBytes(UTF_8);
    Digest digest = Digest.of(bytes);
    blobs.put(digest, bytes);
    return digest;
  }

  /** A descriptor of content that is put in. */
  String part(String mediaType, String content) {
    return absent(mediaType, blob(content), content.getBytes(UTF_8).length);
  }

  /** A descriptor of content that is not put in. */
  static String absent(String mediaType, Digest digest, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest, size);
  }

  /** A plain image with a layer of this content. */
  String image(String layer) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
        .formatted(
            OCI_IMAGE, part(OCI_CONFIG, "{\"of\":\"" + layer + "\"}"), part(OCI_LAYER, layer));
  }

  /** Puts a manifest in under a tag that the configuration asks for. */
  Made tag(String repository, String tag, String manifest) {
    tags.put(repository + ":" + tag, blob(manifest));
    wanted.add("quay.io/" + repository + ":" + tag);
    return this;
  }

  /** Takes content out again; what names it stays. */
  Made without(Digest digest) {
    blobs.remove(digest);
    return this;
  }

  /** Writes it as a file of this name, with the checksum file that belongs to it. */
  Path write(Path folder, String name) throws IOException {
    TarBuilder tar = new TarBuilder();
    tags.forEach(
        (place, digest) -> {
          String[] parts = place.split(":", 2);
          String at = "repositories/" + parts[0] + "/_manifests/";
          tar.link(at + "revisions/sha256/" + digest.hex() + "/link", digest);
          tar.link(at + "tags/" + parts[1] + "/current/link", digest);
          tar.link(at + "tags/" + parts[1] + "/index/sha256/" + digest.hex() + "/link", digest);
        });
    blobs.forEach(tar::blob);
    String configuration = configuration();
    tar.file("working-dir/internal/oc-mirror-version.json", "{\"gitVersion\":\"v5.1.0-855b64a\"}");
    tar.file("working-dir/isc_pinned_2026-11-22T17:45:22Z.yaml", configuration);
    tar.file("isc_2026-11-22T17:45:22Z", configuration);
    byte[] bytes = tar.bytes();
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(name + ".sha256"), Digest.of(bytes).hex() + "  " + name + "\n");
    return Files.write(folder.resolve(name), bytes);
  }

  private String configuration() {
    StringBuilder text =
        new StringBuilder(
            """
            kind: ImageSetConfiguration
            apiVersion: mirror.openshift.io/v2alpha1
            mirror:
              additionalImages:
            """);
    wanted.forEach(image -> text.append("  - name: ").append(image).append('\n'));
    return text.toString();
  }
}
