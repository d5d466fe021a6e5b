package landfall.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import landfall.image.Descriptor;
import landfall.image.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second opinion on the protocol: skopeo, which shares no code with us. */
class SkopeoTest {
  private static final int MEBIBYTE = 1 << 20;

  private Path folder;
  private OciLayout layout;
  private EmbeddedRegistry registry;

  @BeforeAll
  static void needsSkopeo() {
    assumeTrue(
        installed(), "SKIPPED: skopeo is not installed, so no second opinion on the registry");
  }

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    layout = new OciLayout(folder.resolve("layout"));
    registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void copiesAnImageWithABigLayerThereAndBack() throws Exception {
    Descriptor image = layout.image("amd64", 110 * MEBIBYTE);
    layout.name(image);

    copy("oci:" + folder.resolve("layout"), at("lab/big:v1"));
    copy(at("lab/big:v1"), "dir:" + folder.resolve("back"));

    assertThat(digestsIn(folder.resolve("back")))
        .containsExactlyInAnyOrderElementsOf(digestsIn(folder.resolve("layout/blobs/sha256")));
    assertThat(registry.bytesReceived()).isGreaterThan(110L * MEBIBYTE);
  }

  @Test
  void copiesAnIndexWithAllItsImagesThereAndBack() throws Exception {
    Descriptor index =
        layout.index(layout.image("amd64", 3 * MEBIBYTE), layout.image("arm64", MEBIBYTE));
    layout.name(index);

    copy("oci:" + folder.resolve("layout"), at("lab/multi:v1"));
    copy(at("lab/multi:v1"), "dir:" + folder.resolve("back"));

    assertThat(digestsIn(folder.resolve("back")))
        .containsExactlyInAnyOrderElementsOf(digestsIn(folder.resolve("layout/blobs/sha256")));
    assertThat(Digest.of(skopeo("inspect", "--raw", "--tls-verify=false", at("lab/multi:v1"))))
        .isEqualTo(index.digest());
  }

  @Test
  void sendsNoBlobTwiceAndListsTheTags() throws Exception {
    layout.name(layout.image("amd64", MEBIBYTE));
    copy("oci:" + folder.resolve("layout"), at("lab/app:v1"));
    long sent = registry.bytesReceived();

    copy("oci:" + folder.resolve("layout"), at("lab/app:v2"));
    String tags =
        new String(
            skopeo(
                "list-tags", "--tls-verify=false", "docker://" + registry.address() + "/lab/app"),
            UTF_8);

    assertThat(registry.bytesReceived()).isEqualTo(sent);
    assertThat(tags).contains("\"v1\"", "\"v2\"");
  }

  private String at(String reference) {
    return "docker://" + registry.address() + "/" + reference;
  }

  private void copy(String from, String to) throws IOException, InterruptedException {
    skopeo(
        "copy",
        "--all",
        "--preserve-digests",
        "--src-tls-verify=false",
        "--dest-tls-verify=false",
        from,
        to);
  }

  private byte[] skopeo(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
    command.addAll(List.of(arguments));
    Path said = folder.resolve("skopeo.out");
    Path complained = folder.resolve("skopeo.err");
    Process skopeo =
        new ProcessBuilder(command)
            .redirectOutput(said.toFile())
            .redirectError(complained.toFile())
            .start();
    boolean ended = skopeo.waitFor(2, TimeUnit.MINUTES);
    skopeo.destroyForcibly();
    assertThat(ended).as("%s ended", command).isTrue();
    assertThat(skopeo.exitValue()).as("%s: %s", command, Files.readString(complained)).isZero();
    return Files.readAllBytes(said);
  }

  /** What lies in a folder by content, but for the file that says it is a dir:. */
  private static List<Digest> digestsIn(Path folder) throws IOException {
    List<Digest> digests = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> !file.endsWith("version")).toList()) {
        MessageDigest hash = Digest.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
        digests.add(Digest.ofHash(hash.digest()));
      }
    }
    return digests;
  }

  private static boolean installed() {
    try {
      return new ProcessBuilder("skopeo", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
