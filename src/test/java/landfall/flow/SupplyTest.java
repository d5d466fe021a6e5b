package landfall.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import landfall.archive.TarBuilder;
import landfall.demo.EmbeddedRegistry;
import landfall.image.Digest;
import landfall.ledger.ArchiveRow;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.report.Receipt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that is carried by itself for archives that lack it. */
class SupplyTest {
  private final Path folder;
  private final EmbeddedRegistry registry;

  SupplyTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("data"));
    this.registry = EmbeddedRegistry.start(Files.createDirectory(root.resolve("registry")), 0);
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @Test
  void goesOnWhenALayoutAndAFileHaveBroughtTheLastPieceAndNotBefore() throws Exception {
    Shipped shipped = Shipped.of(Golden.ADDITIONAL);
    String last = shipped.digests().get(7);
    byte[] unrelated = "nobody needs this".getBytes(StandardCharsets.UTF_8);
    String id;
    try (Site site = site()) {
      site.drop(shipped.differential(folder.resolve("later.tar")));
      site.await("later.tar", State.HELD);
      id = row(site, "later.tar").id();

      String file = Digest.of(unrelated).toString().replace(':', '-') + ".blob";
      site.drop(Files.write(folder.resolve(file), unrelated));
      Receipt nothing = site.await(file, State.DELIVERED);
      assertThat(nothing.targets().get(0).sentence()).contains("no held archive lists any of it");
      assertThat(nothing.images()).isEmpty();
      assertThat(site.done(row(site, file).id()).resolve(file)).hasBinaryContent(unrelated);
      site.await("later.tar", State.HELD);
    }
    try (Site site = site()) {
      site.await("later.tar", State.HELD);

      shipped.layout(site.drop().resolve("layout"), last);
      Receipt layout = site.await("layout", State.DELIVERED);
      assertThat(layout.targets().get(0).sentence()).contains("held archives lack: " + id);
      site.awaitCode("later.tar", "BLOB_MISSING");
      Files.write(folder.resolve(last), shipped.blobs().get(last));
      site.drop(folder.resolve(last));
      site.await(last, State.DELIVERED);

      Receipt later = site.await("later.tar", State.DELIVERED);
      assertThat(later.targets().get(0).images().pushed()).isEqualTo(25);
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
      assertThat(Files.exists(site.out("site").resolve("mapping.txt"))).isTrue();
    }
  }

  @Test
  void findsInAnArchiveThatIsHeldItselfWhatAnotherLacks() throws Exception {
    Shipped shipped = Shipped.of(Golden.ADDITIONAL);
    String last = shipped.digests().get(7);
    TarBuilder most = new TarBuilder().raw(shipped.rest().unfinished());
    shipped.blobs().entrySet().stream()
        .filter(blob -> !blob.getKey().equals(last))
        .forEach(blob -> most.blob(blob.getValue()));
    most.file("working-dir/.history/.history-2026-11-21T00:00:00Z", "sha256:" + last);
    try (Site site = site()) {
      site.drop(shipped.differential(folder.resolve("none.tar")));
      site.await("none.tar", State.HELD);
      site.drop(Files.write(folder.resolve("most.tar"), most.bytes()));
      site.await("most.tar", State.HELD);
      Awaitility.await("the first to see what the second has")
          .atMost(Duration.ofSeconds(60))
          .until(() -> sentence(site, "none.tar").startsWith("1 pieces and 0 tags"));

      site.drop(Files.write(folder.resolve("sha256:" + last), shipped.blobs().get(last)));

      site.await("none.tar", State.DELIVERED);
      site.await("most.tar", State.DELIVERED);
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
    }
  }

  @Test
  void takesAPackedLayout() throws Exception {
    Shipped shipped = Shipped.of(Golden.ADDITIONAL);
    try (Site site = site()) {
      site.drop(shipped.differential(folder.resolve("later.tar")));
      site.await("later.tar", State.HELD);

      site.drop(shipped.packedLayout(folder.resolve("carried.tar.gz")));
      site.await("carried.tar.gz", State.DELIVERED);

      site.await("later.tar", State.DELIVERED);
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
    }
  }

  @Test
  void refusesContentThatIsNotWhatItsNameSays() throws Exception {
    String hex = Digest.of(new byte[] {1}).hex();
    try (Site site = site()) {
      site.drop(Files.write(folder.resolve("sha256-" + hex), new byte[] {2}));
      Receipt file = site.await("sha256-" + hex, State.QUARANTINED);
      assertThat(file.targets().get(0).code()).isEqualTo("DIGEST_MISMATCH");

      Path layout = site.drop().resolve("layout");
      Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
      Files.write(blobs.resolve(hex), new byte[] {2});
      Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
      Receipt folded = site.await("layout", State.QUARANTINED);
      assertThat(folded.targets().get(0).code()).isEqualTo("DIGEST_MISMATCH");
    }
  }

  private Site site() {
    return Site.serving(
        folder.resolve("data"), "site=docker://" + registry.address() + "/mirror/site");
  }

  private static String sentence(Site site, String name) {
    return site.deliveries(row(site, name)).get(0).reason().map(Reason::sentence).orElse("");
  }

  private static ArchiveRow row(Site site, String name) {
    return site.latest(name).orElseThrow();
  }
}
