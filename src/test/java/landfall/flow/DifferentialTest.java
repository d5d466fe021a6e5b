package landfall.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.archive.TarBuilder;
import landfall.demo.EmbeddedRegistry;
import landfall.ledger.State;
import landfall.open.Opened.Document;
import landfall.plan.Planner;
import landfall.plan.Samples;
import landfall.report.Receipt;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that lack what an earlier one of their workspace carried. */
class DifferentialTest {
  private static final String NAME = Golden.HACKATHON.getFileName().toString();

  private final Path folder;
  private final EmbeddedRegistry registry;

  DifferentialTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("data"));
    this.registry = EmbeddedRegistry.start(Files.createDirectory(root.resolve("registry")), 0);
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @Test
  void holdsADifferentialArchiveUntilWhatItLacksHasCome() throws Exception {
    Path later = differential(Golden.ADDITIONAL, folder.resolve("later.tar"));
    try (Site site = Site.serving(folder.resolve("data"), target())) {
      site.drop(later);
      Receipt held = site.await("later.tar", State.HELD);
      assertThat(held.targets().get(0).code()).isEqualTo("BLOB_MISSING");
      assertThat(Site.tags(registry.address())).isEmpty();

      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      site.await(NAME, State.DELIVERED);

      Receipt receipt = site.await("later.tar", State.DELIVERED);
      assertThat(receipt.targets().get(0).images().alreadyThere()).isEqualTo(25);
      assertThat(receipt.targets().get(0).bytes().sent()).isZero();
      assertThat(receipt.archive().differential()).isTrue();
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
    }
  }

  @Test
  void findsWhatADifferentialArchiveLacksInOtherRepositoriesOfTheTarget() throws Exception {
    String elsewhere =
        Files.readString(Golden.RESOURCES.resolve("additional/isc.yaml"))
            .replace(
                "name: quay.io/lab/app-a:v1",
                "name: quay.io/lab/app-a:v1\n    targetRepo: moved/app");
    Planner.Options moved = Samples.options(true, Optional.of(new Document("isc", elsewhere)));
    Path later = differential(Golden.ADDITIONAL, folder.resolve("later.tar"));
    try (Site site =
        Site.start(
            Site.settings(folder.resolve("data"), target()), Planner.Options.DEFAULT, true)) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      site.await(NAME, State.DELIVERED);
    }
    long sent = registry.bytesReceived();
    try (Site site = Site.start(Site.settings(folder.resolve("data"), target()), moved, true)) {
      site.drop(later);

      site.await("later.tar", State.DELIVERED);

      Map<String, String> tags = Site.tags(registry.address());
      assertThat(tags.get("mirror/site/moved/app:v1"))
          .isNotNull()
          .isEqualTo(tags.get("mirror/site/lab/app-a:v1"));
      assertThat(registry.bytesReceived()).isEqualTo(sent);
    }
  }

  /** What oc-mirror would write in a second run that finds nothing new but a name: no blob. */
  private static Path differential(Path archive, Path later) throws IOException {
    TarBuilder tar = new TarBuilder();
    List<String> shipped = new ArrayList<>();
    try (TarArchiveInputStream entries = new TarArchiveInputStream(Files.newInputStream(archive))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        if (entry.getName().contains("/blobs/sha256/")) {
          shipped.add(entry.getName().replaceAll(".*/(\\p{XDigit}{64})/data", "sha256:$1"));
        } else if (entry.isFile()) {
          byte[] content = entries.readAllBytes();
          tar.file(entry.getName(), content);
          if (entry.getName().contains("/lab/app-a/_manifests/tags/v1/")) {
            tar.file(entry.getName().replace("lab/app-a", "moved/app"), content);
          }
        }
      }
    }
    tar.file("working-dir/.history/.history-2026-11-22T17:45:38Z", String.join("\n", shipped));
    return Files.write(later, tar.bytes());
  }

  private String target() {
    return "site=docker://" + registry.address() + "/mirror/site";
  }
}
