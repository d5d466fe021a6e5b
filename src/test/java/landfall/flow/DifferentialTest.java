package landfall.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import landfall.archive.TarBuilder;
import landfall.demo.EmbeddedRegistry;
import landfall.demo.Faults;
import landfall.ledger.State;
import landfall.open.Opened.Document;
import landfall.plan.Planner;
import landfall.plan.Samples;
import landfall.report.Receipt;
import landfall.settings.Settings;
import landfall.target.Target;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that lack what an earlier one of their workspace carried. */
class DifferentialTest {
  private static final String DECLINED = "/v2/x/blobs/uploads/declined";
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
      assertThat(held.targets().get(0).sentence())
          .contains("carry the archive written at or before " + Shipped.DATE);
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
    Path later = moved(Golden.ADDITIONAL, folder.resolve("later.tar"));
    try (Site site =
        Site.start(
            Site.settings(folder.resolve("data"), target()), Planner.Options.DEFAULT, true)) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      site.await(NAME, State.DELIVERED);
    }
    long sent = registry.bytesReceived();
    try (Site site =
        Site.start(Site.settings(folder.resolve("data"), target()), elsewhere(), true)) {
      site.drop(later);

      site.await("later.tar", State.DELIVERED);

      Map<String, String> tags = Site.tags(registry.address());
      assertThat(tags.get("mirror/site/moved/app:v1"))
          .isNotNull()
          .isEqualTo(tags.get("mirror/site/lab/app-a:v1"));
      assertThat(registry.bytesReceived()).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "packed", "unremembered"})
  void sendsFromAKeptArchiveWhatTheRegistryHasLost(String form, @TempDir Path other)
      throws Exception {
    Path earlier = form.equals("packed") ? Golden.HACKATHON : Golden.ADDITIONAL;
    Path later = differential(Golden.ADDITIONAL, folder.resolve("later.tar"));
    try (Site site = Site.serving(folder.resolve("data"), target())) {
      site.drop(earlier);
      site.await(earlier.getFileName().toString(), State.DELIVERED);
      if (form.equals("unremembered")) {
        Path done = site.done(site.latest(earlier.getFileName().toString()).orElseThrow().id());
        Files.delete(done.resolve("index"));
      }
    }
    try (EmbeddedRegistry empty = EmbeddedRegistry.start(other, 0);
        Site site =
            Site.serving(
                folder.resolve("data"), "site=docker://" + empty.address() + "/mirror/site")) {
      site.drop(later);

      Receipt receipt = site.await("later.tar", State.DELIVERED);

      assertThat(receipt.targets().get(0).images().pushed()).isEqualTo(25);
      assertThat(Site.tags(empty.address())).isEqualTo(Golden.registry("golden-prefix"));
      Awaitility.await("what was unpacked again to go")
          .atMost(Duration.ofSeconds(30))
          .until(() -> site.engine().folder().ids("work").isEmpty());
    }
  }

  @Test
  void deliversTwoRunsOfOcMirrorThatComeInTheWrongOrder() throws Exception {
    Path runs = Golden.RESOURCES.resolve("differential");
    Path first = runs.resolve("run1/mirror_000001.tar");
    Path second = runs.resolve("run2/mirror_000001.tar");
    try (Site site = Site.serving(folder.resolve("data"), target())) {
      Files.copy(second, site.drop().resolve("run2.tar"));
      site.await("run2.tar", State.HELD);
      Files.copy(first, site.drop().resolve("run1.tar"));

      site.await("run1.tar", State.DELIVERED);
      site.await("run2.tar", State.DELIVERED);

      assertThat(Site.tags(registry.address()))
          .isEqualTo(Golden.tags(runs.resolve("run2/golden-prefix")));
    }
  }

  @Test
  void carriesABlobOverWhereTheRegistryDoesNotMount() throws Exception {
    Path later = moved(Golden.ADDITIONAL, folder.resolve("later.tar"));
    try (Site site = Site.serving(folder.resolve("data"), target())) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      site.await(NAME, State.DELIVERED);
      Files.delete(site.done(site.latest(NAME).orElseThrow().id()).resolve(NAME));
    }
    registry.suffer(decliningMounts());
    Settings oneByOne =
        Site.limited(
            Site.settings(folder.resolve("data"), target()), new Target.Limits(1, 1, 1, 0));
    try (Site site = Site.start(oneByOne, elsewhere(), true)) {
      site.drop(later);

      Receipt receipt = site.await("later.tar", State.DELIVERED);

      Map<String, String> tags = Site.tags(registry.address());
      assertThat(tags.get("mirror/site/moved/app:v1"))
          .isNotNull()
          .isEqualTo(tags.get("mirror/site/lab/app-a:v1"));
      assertThat(receipt.targets().get(0).bytes().sent()).isPositive();
    }
  }

  /** Every mount is declined with a session of no use; after that is found out an upload begins. */
  private static Faults decliningMounts() {
    AtomicBoolean foundOut = new AtomicBoolean();
    return (method, path) -> {
      if (path.equals(DECLINED)) {
        foundOut.set(true);
      }
      return path.endsWith("/moved/app/blobs/uploads/") && !foundOut.getAndSet(false)
          ? Optional.of(Faults.Fault.answering(202, Map.of("Location", DECLINED)))
          : Optional.empty();
    };
  }

  private static Planner.Options elsewhere() throws IOException {
    String text =
        Files.readString(Golden.RESOURCES.resolve("additional/isc.yaml"))
            .replace(
                "name: quay.io/lab/app-a:v1",
                "name: quay.io/lab/app-a:v1\n    targetRepo: moved/app");
    return Samples.options(true, Optional.of(new Document("isc", text)));
  }

  /** What oc-mirror would write in a second run that finds nothing new: no blob. */
  private static Path differential(Path archive, Path later) throws IOException {
    return Shipped.of(archive).differential(later);
  }

  /** The same, with one more name for an image. */
  private static Path moved(Path archive, Path later) throws IOException {
    TarBuilder more = new TarBuilder();
    Shipped shipped =
        Shipped.of(
            archive,
            (name, content) -> {
              if (name.contains("/lab/app-a/_manifests/tags/v1/")) {
                more.file(name.replace("lab/app-a", "moved/app"), content);
              }
            });
    shipped.rest().raw(more.unfinished());
    return shipped.differential(later);
  }

  private String target() {
    return "site=docker://" + registry.address() + "/mirror/site";
  }
}
