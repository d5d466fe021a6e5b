package landfall.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import landfall.fake.DebianRegistry;
import landfall.fault.proxy.Decoy;
import landfall.image.Digest;
import landfall.ledger.State;
import landfall.report.Receipt;
import landfall.report.Receipt.TargetReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer that its manifest says lies outside of registries, and that no archive brings. */
class ForeignLayerTest {
  private static final Digest LAYER = Digest.of("of windows".getBytes(UTF_8));

  private final Path folder;
  private final Path storage;

  ForeignLayerTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("data"));
    this.storage = Files.createDirectory(root.resolve("registry"));
  }

  @Test
  void isLeftWhereItLiesByARegistryThatAllowsIt() throws Exception {
    try (Decoy place = Decoy.elsewhere();
        DebianRegistry registry = DebianRegistry.allowingUrls(storage)) {
      TargetReport target = deliver(registry, place, State.DELIVERED);

      assertThat(Site.tags(registry.address())).containsOnlyKeys("lab/windows:v1", "lab/plain:v1");
      assertThat(target.warnings())
          .singleElement()
          .asString()
          .contains("lab/windows", LAYER.toString(), "not fetched");
      assertThat(place.heard()).isEmpty();
    }
  }

  @Test
  void failsItsImageAloneAtARegistryThatDoesNot() throws Exception {
    try (Decoy place = Decoy.elsewhere();
        DebianRegistry registry = DebianRegistry.start(storage)) {
      TargetReport target = deliver(registry, place, State.DELIVERED_WITH_FAILURES);

      assertThat(Site.tags(registry.address())).containsOnlyKeys("lab/plain:v1");
      assertThat(target.failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.image()).contains("lab/windows");
                assertThat(failure.code()).isEqualTo("MEDIATYPE_REJECTED");
                assertThat(failure.sentence())
                    .contains("layer " + LAYER, "outside of registries", "manifests.urls");
              });
      assertThat(place.heard()).isEmpty();
    }
  }

  private TargetReport deliver(DebianRegistry registry, Decoy place, State state) throws Exception {
    Made archive = new Made();
    archive.tag("lab/windows", "v1", windows(archive, place));
    archive.tag("lab/plain", "v1", archive.image("plain"));
    Path file = archive.write(folder, "made.tar");
    try (Site site = Site.serving(folder.resolve("site"), "site=docker://" + registry.address())) {
      site.drop(file, folder.resolve("made.tar.sha256"));
      Receipt receipt = site.await("made.tar", state);
      return receipt.targets().get(0);
    }
  }

  private static String windows(Made archive, Decoy place) {
    String layer =
        Made.absent("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", LAYER, 10)
            .replace("\"size\"", "\"urls\":[\"http://" + place.address() + "/x\"],\"size\"");
    return archive.image("of its own").replace("\"layers\":[", "\"layers\":[" + layer + ",");
  }
}
