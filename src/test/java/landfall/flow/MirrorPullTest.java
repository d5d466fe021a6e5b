package landfall.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import landfall.fake.DebianRegistry;
import landfall.fake.Program;
import landfall.image.Digest;
import landfall.ledger.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's skopeo, told nothing but what stands in {@code node-config}, finds images by their
 * original names in Debian's docker-registry.
 */
class MirrorPullTest {
  private static final String NAME = Golden.HACKATHON.getFileName().toString();

  /** Tags by original name, of hosts that do not exist here or anywhere. */
  private static final Map<String, String> BY_TAG =
      Map.of(
          "docker.io/library/busybox:1.36", "mirror/site/busybox:1.36",
          "docker.io/library/alpine:3.20", "mirror/site/library/alpine:3.20",
          "registry.redhat.io/ubi8/ubi-minimal:8.10", "mirror/site/ubi8/ubi-minimal:8.10",
          "registry.gitlab.example.com:5050/group/sub-1/sub_2/sub.3/project/image:1.0",
              "mirror/site/group/sub-1/sub_2/sub.3/project/image:1.0");

  private final Path root;

  MirrorPullTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void pullsByTheOriginalNameThroughTheDropIn() throws Exception {
    Path server = Files.createDirectory(root.resolve("registry"));
    Path data = Files.createDirectory(root.resolve("data"));
    try (DebianRegistry registry = DebianRegistry.start(server);
        Site site = Site.serving(data, "site=docker://" + registry.address() + "/mirror/site")) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      site.await(NAME, State.DELIVERED);
      Path dropIn = site.out("site").resolve("node-config/registries.conf.d/50-landfall-site.conf");
      Map<String, String> tags = registry.tags();

      for (Map.Entry<String, String> image : BY_TAG.entrySet()) {
        assertThat(manifest(dropIn, image.getKey()))
            .as(image.getKey())
            .isEqualTo(tags.get(image.getValue()));
      }
      String digest = byDigest(tags);
      assertThat(manifest(dropIn, "quay.io/lab/" + digest)).isEqualTo(digest.replaceAll(".*@", ""));
    }
  }

  /** One of the images that are known by nothing but a digest. */
  private static String byDigest(Map<String, String> tags) {
    return tags.entrySet().stream()
        .filter(tag -> tag.getKey().startsWith("mirror/site/lab/"))
        .filter(tag -> tag.getKey().matches(".*:sha256-[0-9a-f]{64}"))
        .map(tag -> tag.getKey().replaceAll("^mirror/site/lab/|:.*", "") + "@" + tag.getValue())
        .findFirst()
        .orElseThrow();
  }

  private String manifest(Path dropIn, String image) throws IOException {
    byte[] raw =
        Program.run(
            root,
            "skopeo",
            "--insecure-policy",
            "--registries-conf",
            dropIn.toString(),
            "inspect",
            "--raw",
            "docker://" + image);
    assertThat(new String(raw, StandardCharsets.UTF_8)).startsWith("{");
    return Digest.of(raw).toString();
  }
}
