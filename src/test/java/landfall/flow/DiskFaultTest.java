package landfall.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import landfall.demo.EmbeddedRegistry;
import landfall.failure.Code;
import landfall.fake.Disk;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.report.Receipt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full and media that are pulled, under the real routes. */
class DiskFaultTest {
  private static final String NAME = Golden.HACKATHON.getFileName().toString();

  private final Path data;
  private final Path root;
  private final EmbeddedRegistry registry;

  DiskFaultTest(@TempDir Path root) throws IOException {
    this.root = root;
    this.data = Files.createDirectory(root.resolve("data"));
    this.registry = EmbeddedRegistry.start(Files.createDirectory(root.resolve("registry")), 0);
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @Test
  void goesOnWhenTheWorkFolderHasRoomAgain() throws Exception {
    try (Disk work = Disk.memory(data.resolve("work"), 8);
        Site site = serving()) {
      work.fill(3 << 20);
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      parked(site, NAME, Code.LOCAL_DISK_FULL);
      assertThat(Site.tags(registry.address())).isEmpty();
      assertThat(spools()).isZero();
      work.free();

      delivered(site, NAME);
    }
  }

  @Test
  void publishesWhenTheOutFolderHasRoomAgain() throws Exception {
    try (Disk out = Disk.memory(data.resolve("out"), 1);
        Site site = serving()) {
      out.fill(0);
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      parked(site, NAME, Code.LOCAL_DISK_FULL);
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
      assertThat(site.done(site.latest(NAME).orElseThrow().id()).resolve("receipt.json"))
          .doesNotExist();
      out.free();

      delivered(site, NAME);
      assertThat(site.out("site").resolve("cluster-resources/idms-oc-mirror.yaml")).exists();
    }
  }

  @Test
  void leavesAnArchiveWhereItIsWhileTheQuarantineIsFull() throws Exception {
    Path damaged = Files.write(root.resolve("damaged.tar"), new byte[100_000]);
    try (Disk quarantine = Disk.memory(data.resolve("quarantine"), 1);
        Site site = serving()) {
      quarantine.fill(90_000);
      site.drop(damaged);
      Awaitility.await("the refusal")
          .atMost(Duration.ofSeconds(30))
          .until(() -> state(site, "damaged.tar") == State.QUARANTINED);
      assertThat(site.drop().resolve("damaged.tar")).hasSameBinaryContentAs(damaged);
      assertThat(site.latest("damaged.tar").orElseThrow().finished()).isEmpty();
      quarantine.free();

      Receipt receipt = site.await("damaged.tar", State.QUARANTINED);

      Path place = site.quarantine(receipt.archive().id());
      assertThat(place.resolve("damaged.tar")).hasSameBinaryContentAs(damaged);
      assertThat(place.resolve("why.yaml")).exists();
    }
  }

  @Test
  void beginsNothingWhileTheLedgersDiskIsFull() throws Exception {
    try (Disk state = Disk.memory(data.resolve("state"), 8);
        Site site = serving()) {
      state.fill(0);
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      Awaitility.await("nothing to be sent")
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(8))
          .until(() -> registry.bytesReceived() == 0);
      state.free();

      delivered(site, NAME);
    }
  }

  @Test
  void goesOnWhenTheMediumIsBack() throws Exception {
    Path usb = data.resolve("drop/usb");
    try (Disk medium = Disk.medium(root.resolve("images/usb"), usb, 24);
        Site site = serving()) {
      medium.pull();
      registry.close();
      medium.plugIn();
      Path chunk = usb.resolve("mirror_000001.tar");
      Files.copy(Golden.ADDITIONAL, chunk);
      Files.setLastModifiedTime(chunk, FileTime.fromMillis(1_700_000_000_000L));
      parked(site, "usb", Code.REGISTRY_DOWN);
      medium.pull();
      try (EmbeddedRegistry again = revive()) {
        parked(site, "usb", Code.MEDIA_UNREADABLE);
        assertThat(Site.tags(again.address())).isEmpty();
        String id = site.latest("usb").orElseThrow().id();

        medium.plugIn();
        Path copy = Files.copy(chunk, usb.resolve(".c"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(copy, chunk, StandardCopyOption.REPLACE_EXISTING);

        Receipt receipt = site.await("usb", State.DELIVERED);
        assertThat(receipt.archive().id()).isEqualTo(id);
        assertThat(Site.tags(again.address())).isEqualTo(Golden.registry("golden-prefix"));
      }
    }
  }

  private EmbeddedRegistry revive() throws IOException {
    int port = Integer.parseInt(registry.address().replaceAll(".*:", ""));
    return EmbeddedRegistry.start(root.resolve("registry"), port);
  }

  private void delivered(Site site, String name) throws Exception {
    site.await(name, State.DELIVERED);
    assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
  }

  private long spools() throws IOException {
    try (var files = Files.walk(data.resolve("work"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("spool")).count();
    }
  }

  private static void parked(Site site, String name, Code code) {
    Awaitility.await(name + " to be parked for " + code)
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                site.latest(name).stream()
                    .flatMap(row -> site.deliveries(row).stream())
                    .filter(row -> row.state() == State.PARKED)
                    .flatMap(row -> row.reason().stream())
                    .map(Reason::code)
                    .anyMatch(code::equals));
  }

  private static State state(Site site, String name) {
    return site.latest(name)
        .map(row -> State.worst(site.deliveries(row).stream().map(DeliveryRow::state).toList()))
        .orElse(State.WAITING);
  }

  private Site serving() {
    return Site.serving(data, "site=docker://" + registry.address() + "/mirror/site");
  }
}
