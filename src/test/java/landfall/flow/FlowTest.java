package landfall.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import landfall.demo.EmbeddedRegistry;
import landfall.demo.Faults;
import landfall.folders.Relocation;
import landfall.image.Digest;
import landfall.ledger.Ledger;
import landfall.ledger.Request;
import landfall.ledger.State;
import landfall.open.Opened.Document;
import landfall.plan.Planner;
import landfall.plan.Samples;
import landfall.report.Receipt;
import landfall.settings.Secret;
import landfall.settings.Settings;
import landfall.wiring.Engine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole archives through the real routes, against the embedded registry. */
class FlowTest {
  private static final String NAME = Golden.HACKATHON.getFileName().toString();

  private final Path folder;
  private final Path registryFolder;
  private final EmbeddedRegistry registry;

  FlowTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("data"));
    this.registryFolder = Files.createDirectory(root.resolve("registry"));
    this.registry = EmbeddedRegistry.start(registryFolder, 0);
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @Test
  void tellsInTheDropThatARegistryAskedToBeLeftAlone() throws Exception {
    AtomicBoolean busy = new AtomicBoolean(true);
    Faults.Fault wait = Faults.Fault.answering(429, Map.of("Retry-After", "9"));
    registry.suffer(
        (method, path) ->
            method.equals("PUT") && path.contains("/manifests/") && busy.getAndSet(false)
                ? Optional.of(wait)
                : Optional.empty());
    try (Site site = Site.serving(folder, target("site"))) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      Awaitility.await()
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(site.status(NAME))
                      .contains("RUNNING")
                      .containsPattern(
                          "waits: the registry asked to be left alone until ..:..:..Z"));
      site.await(NAME, State.DELIVERED);
      assertThat(site.status(NAME)).doesNotContain("waits");
    }
  }

  @Test
  void deliversWhatOcMirrorWouldDeliver() throws Exception {
    try (Site site = Site.serving(folder, target("site"))) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      Receipt receipt = site.await(NAME, State.DELIVERED);

      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
      Path done = site.done(receipt.archive().id());
      assertThat(done.resolve(NAME)).hasSameBinaryContentAs(Golden.HACKATHON);
      assertThat(done.resolve(NAME + ".sha256")).exists();
      assertThat(site.drop().resolve(NAME)).doesNotExist();
      assertThat(done.resolve("cluster-resources/site/idms-oc-mirror.yaml")).exists();
      assertThat(site.out("site").resolve("cluster-resources/itms-oc-mirror.yaml")).exists();
      assertThat(site.out("site").resolve("mapping.txt"))
          .hasSameTextualContentAs(done.resolve("mapping.txt"));
      assertThat(done.resolve("receipt.html")).content().contains("DELIVERED").contains(NAME);
      assertThat(site.status(NAME)).contains("DELIVERED").contains(receipt.archive().id());
      assertThat(folder.resolve("work")).isEmptyDirectory();
      assertThat(receipt.targets().get(0).bytes().sent()).isEqualTo(registry.bytesReceived());
    }
  }

  @Test
  void writesAReceiptOfThePublishedShape() throws Exception {
    try (Site site = Site.serving(folder, target("site"))) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      Receipt receipt = site.await(NAME, State.DELIVERED);

      JsonNode json = read(site.done(receipt.archive().id()).resolve("receipt.json"));

      assertThat(problems(json)).isEmpty();
      JsonNode images = json.at("/targets/0/images");
      assertThat(images.get("planned").asLong())
          .isEqualTo(
              images.get("pushed").asLong()
                  + images.get("alreadyThere").asLong()
                  + images.get("deadLettered").asLong())
          .isEqualTo(json.get("images").size());
      assertThat(json.at("/archive/sha256").asText()).isEqualTo(sha256(Golden.HACKATHON));
    }
  }

  @Test
  void quarantinesAFlippedByteAndGoesOnWithTheNextArchive() throws Exception {
    byte[] bytes = Files.readAllBytes(Golden.HACKATHON);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.tar.gz"), bytes);
    try (Site site = Site.serving(folder.resolve("data"), target("site"))) {
      Files.writeString(
          site.drop().resolve("damaged.sha256"), sha256(Golden.HACKATHON) + "  damaged.tar.gz\n");
      site.drop(damaged);

      Receipt receipt = site.await("damaged.tar.gz", State.QUARANTINED);

      Path quarantine = site.quarantine(receipt.archive().id());
      assertThat(quarantine.resolve("damaged.tar.gz")).hasSameBinaryContentAs(damaged);
      assertThat(quarantine.resolve("damaged.sha256")).exists();
      assertThat(quarantine.resolve("why.yaml"))
          .content()
          .contains("code: SIDECAR_MISMATCH")
          .contains("sentence:")
          .contains("evidence:")
          .contains("next:");
      assertThat(problems(read(quarantine.resolve("receipt.json")))).isEmpty();
      assertThat(Site.tags(registry.address())).isEmpty();
      assertThat(registry.bytesReceived()).isZero();

      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      site.await(NAME, State.DELIVERED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOT_AN_ARCHIVE", "ARCHIVE_TRUNCATED"})
  void refusesWhatIsNoWholeArchive(String code) throws Exception {
    byte[] content =
        code.equals("NOT_AN_ARCHIVE")
            ? "PK\u0003\u0004 and so on".getBytes(StandardCharsets.ISO_8859_1)
            : new byte[0];
    try (Site site = Site.serving(folder, target("site"))) {
      Files.write(site.drop().resolve("x.tar.gz"), content);

      Receipt receipt = site.await("x.tar.gz", State.QUARANTINED);

      assertThat(receipt.targets().get(0).code()).isEqualTo(code);
      assertThat(receipt.targets().get(0).next()).isNotBlank();
    }
  }

  @Test
  void tellsInOneStatusFileOfArchivesThatOnlyTheirEndingsTellApart() throws Exception {
    try (Site site = Site.serving(folder, target("site"))) {
      Files.writeString(site.drop().resolve("x.tar.gz"), "PK\u0003\u0004 the first");
      String first = site.await("x.tar.gz", State.QUARANTINED).archive().id();
      Files.writeString(site.drop().resolve("x.tar"), "PK\u0003\u0004 the second");
      String second = site.await("x.tar", State.QUARANTINED).archive().id();

      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(site.status("x.tar"))
                      .contains("archive: x.tar.gz\nid: " + first)
                      .contains("archive: x.tar\nid: " + second));
    }
  }

  @Test
  void parksWhileTheRegistryIsAwayAndGoesOnByItself() throws Exception {
    int port = freePort();
    try (Site site = Site.serving(folder, "site=docker://127.0.0.1:" + port + "/mirror/site")) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      Receipt parked = site.await(NAME, State.PARKED);
      assertThat(parked.targets().get(0).code()).isEqualTo("REGISTRY_DOWN");

      try (EmbeddedRegistry back = EmbeddedRegistry.start(registryFolder.resolve("back"), port)) {
        site.await(NAME, State.DELIVERED);

        assertThat(Site.tags(back.address())).isEqualTo(Golden.registry("golden-prefix"));
      }
    }
  }

  @Test
  void sendsNothingWhenTheSameBytesComeAgain() throws Exception {
    try (Site site = Site.serving(folder, target("site"))) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      site.await(NAME, State.DELIVERED);
      long sent = registry.bytesReceived();

      Files.copy(Golden.HACKATHON, site.drop().resolve("again.tgz"));
      Receipt receipt = site.await("again.tgz", State.DUPLICATE);

      assertThat(registry.bytesReceived()).isEqualTo(sent);
      assertThat(receipt.targets().get(0).images().alreadyThere()).isEqualTo(25);
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
    }
  }

  @Test
  void sendsWhatTwoArchivesShareOnceThoughTheyComeTogether() throws Exception {
    registry.suffer(
        (method, path) -> {
          LockSupport.parkNanos(20_000_000);
          return Optional.empty();
        });
    try (Site site = Site.serving(folder, target("site"))) {
      Files.copy(Golden.ADDITIONAL, site.drop().resolve("other.tar"));
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      long first = site.await(NAME, State.DELIVERED).targets().get(0).bytes().sent();
      long second = site.await("other.tar", State.DELIVERED).targets().get(0).bytes().sent();

      assertThat(Math.min(first, second)).isZero();
      assertThat(registry.bytesReceived()).isEqualTo(Math.max(first, second));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mirror/site/ubi9/ubi",
        "mirror/site/lab/app-b",
        "mirror/site/busybox",
        "mirror/site/group/sub-1/sub_2/sub.3/project/image",
        "" // every image of the archive
      })
  void deadLettersWhatTheRegistryRefusesAndDeliversTheRest(String repository) throws Exception {
    registry.suffer(refusing(repository));
    try (Site site = Site.serving(folder, target("site"))) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      Receipt receipt = site.await(NAME, State.DELIVERED_WITH_FAILURES);

      Map<String, String> expected = Golden.registry("golden-prefix");
      int all = expected.size();
      expected.keySet().removeIf(tag -> tag.startsWith(repository));
      assertThat(Site.tags(registry.address())).isEqualTo(expected);
      Receipt.TargetReport target = receipt.targets().get(0);
      assertThat(target.failures()).hasSize(all - expected.size());
      assertThat(target.images().deadLettered()).isEqualTo(all - expected.size());
      assertThat(target.images().planned()).isEqualTo(all);
      assertThat(problems(read(site.done(receipt.archive().id()).resolve("receipt.json"))))
          .isEmpty();

      registry.suffer(Faults.none());
      site.engine().ledger().requests().ask(Request.Kind.RETRY, receipt.archive().id(), "", "ops");

      site.await(NAME, State.DELIVERED);
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
    }
  }

  @Test
  void goesOnWithTheConfigurationThatWasGivenWhoeverGoesOn() throws Exception {
    String isc =
        """
        kind: ImageSetConfiguration
        mirror:
          additionalImages:
          - name: quay.io/lab/app-a:v1
          - name: quay.io/lab/app-b:v1
        """;
    registry.suffer(refusing("mirror/site/lab/app-b"));
    Planner.Options given = Samples.options(false, Optional.of(new Document("mine.yaml", isc)));
    String id;
    try (Site site = Site.start(Site.settings(folder, target("site")), given, true)) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      id = site.await(NAME, State.DELIVERED_WITH_FAILURES).archive().id();
    }
    registry.suffer(Faults.none());

    try (Site site = Site.serving(folder, target("site"))) {
      site.engine().ledger().requests().ask(Request.Kind.RETRY, id, "", "ops");

      site.await(NAME, State.DELIVERED);
      assertThat(Site.tags(registry.address()))
          .containsOnlyKeys("mirror/site/lab/app-a:v1", "mirror/site/lab/app-b:v1");
    }
  }

  @Test
  void leavesOutOfTheMirrorSetsWhatWasNotDelivered() throws Exception {
    registry.suffer(refusing("mirror/site/grafana"));
    try (Site site = Site.serving(folder, target("site"))) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      site.await(NAME, State.DELIVERED_WITH_FAILURES);

      Path itms = site.out("site").resolve("cluster-resources/itms-oc-mirror.yaml");

      assertThat(itms).content().doesNotContain("grafana").contains("registry.redhat.io/ubi8");
      assertThat(site.out("site").resolve("mapping.txt")).content().contains("grafana");
    }
  }

  @Test
  void finishesAtOneTargetWhileAnotherIsAway() throws Exception {
    try (Site site =
        Site.serving(folder, target("alive"), "dead=docker://127.0.0.1:" + freePort())) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      Receipt receipt = site.await(NAME, State.PARKED);

      assertThat(receipt.targets())
          .filteredOn(target -> target.name().equals("dead"))
          .singleElement()
          .satisfies(target -> assertThat(target.result()).isEqualTo(State.PARKED));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  site.deliveries(site.latest(NAME).orElseThrow()).stream()
                      .anyMatch(delivery -> delivery.state() == State.DELIVERED));
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
      assertThat(site.drop().resolve(NAME)).exists();
    }
  }

  @Test
  void deliversTheRestWhereAnArchiveTellsNoReleaseAndNoCatalog() throws Exception {
    String isc =
        """
        kind: ImageSetConfiguration
        apiVersion: mirror.openshift.io/v2alpha1
        mirror:
          platform:
            channels:
            - name: stable-4.18
          operators:
          - catalog: registry.redhat.io/redhat/redhat-operator-index:v4.18
          additionalImages:
          - name: quay.io/lab/app-a:v1
        """;
    Planner.Options options = Samples.options(true, Optional.of(new Document("isc", isc)));
    try (Site site = Site.start(Site.settings(folder, target("site")), options, true)) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      Receipt receipt = site.await(NAME, State.DELIVERED_WITH_FAILURES);

      assertThat(receipt.targets().get(0).failures())
          .extracting(Receipt.FailureReport::code)
          .containsExactly("MANIFEST_INVALID", "MANIFEST_INVALID");
      assertThat(Site.tags(registry.address())).containsOnlyKeys("mirror/site/lab/app-a:v1");
      assertThat(receipt.unclaimed())
          .extracting(tag -> tag.repository() + ":" + tag.tag())
          .contains("lab/app-b:v1", "ubi9/ubi:latest")
          .doesNotContain("lab/app-a:v1")
          .hasSize(24);
      assertThat(site.done(receipt.archive().id()).resolve("receipt.html"))
          .content()
          .contains("Unclaimed", "lab/app-b");
      assertThat(problems(read(site.done(receipt.archive().id()).resolve("receipt.json"))))
          .isEmpty();
    }
  }

  @Test
  void readsAPlainTarWhereItLiesAndExtractsNothing() throws Exception {
    try (Site site =
        Site.start(Site.settings(folder, target("site")), Planner.Options.DEFAULT, false)) {
      String id = site.engine().handOver(Golden.ADDITIONAL, false);

      site.await("mirror_000001.tar", State.DELIVERED);

      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
      assertThat(Golden.ADDITIONAL).exists();
      assertThat(site.engine().ledger().events().of(id))
          .noneMatch(event -> event.what().equals("PARKED"));
      assertThat(site.done(id).resolve("receipt.json")).exists();
      assertThat(Site.size(folder)).isLessThan(2_000_000);
    }
  }

  @Test
  void takesAFolderOfChunksOnceItIsComplete() throws Exception {
    try (Site site = Site.serving(folder, target("site"))) {
      Path run = Files.createDirectory(site.drop().resolve("run-7"));
      Files.writeString(
          run.resolve("SHA256SUMS"), sha256(Golden.ADDITIONAL) + "  mirror_000001.tar\n");
      Receipt waiting = site.await("run-7", State.WAITING);
      assertThat(waiting.targets().get(0).code()).isEqualTo("CHUNK_MISSING");

      Files.copy(Golden.ADDITIONAL, run.resolve("mirror_000001.tar"));

      Receipt receipt = site.await("run-7", State.DELIVERED);
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
      assertThat(site.done(receipt.archive().id()).resolve("run-7/mirror_000001.tar")).exists();
      assertThat(site.drop().resolve("run-7")).doesNotExist();
    }
  }

  @Test
  void givesOtherBytesAtTheSamePlaceAnIdOfTheirOwn() throws Exception {
    int port = freePort();
    try (Site site = Site.serving(folder, "site=docker://127.0.0.1:" + port + "/mirror/site")) {
      Files.copy(Golden.HACKATHON, site.drop().resolve("a.tar"));
      String first = site.await("a.tar", State.PARKED).archive().id();
      Files.copy(
          Golden.ADDITIONAL, site.drop().resolve("a.tar"), StandardCopyOption.REPLACE_EXISTING);

      try (EmbeddedRegistry back = EmbeddedRegistry.start(registryFolder.resolve("back"), port)) {
        Receipt receipt = site.await("a.tar", State.DELIVERED);

        assertThat(receipt.archive().id()).isNotEqualTo(first);
        assertThat(receipt.archive().sha256()).isEqualTo(sha256(Golden.ADDITIONAL));
        assertThat(Site.tags(back.address())).isEqualTo(Golden.registry("golden-prefix"));
        assertThat(site.engine().ledger().deliveries().of(first))
            .allMatch(delivery -> delivery.state() == State.QUARANTINED);
      }
    }
  }

  @Test
  void handsTheSameArchiveOverToAnotherTarget() throws Exception {
    String dead = "dead=docker://127.0.0.1:" + freePort();
    try (Site site = Site.start(Site.settings(folder, dead), Planner.Options.DEFAULT, false)) {
      site.engine().handOver(Golden.ADDITIONAL, false);
      site.await("mirror_000001.tar", State.PARKED);
    }

    try (Site site =
        Site.start(Site.settings(folder, target("alive")), Planner.Options.DEFAULT, false)) {
      site.engine().handOver(Golden.ADDITIONAL, false);

      site.await("mirror_000001.tar", State.DELIVERED);
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
    }
  }

  @Test
  void sendsAgainWhatTheRegistryLostBeforeTheEnd() throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    registry.suffer(
        (method, path) -> {
          boolean last = method.equals("GET") && path.matches(".*/manifests/[^:]+");
          synchronized (lost) { // who asks beside the first is answered after the loss
            if (last && !lost.getAndSet(true)) {
              loseEverythingOf("app-a");
            }
          }
          return Optional.empty();
        });
    try (Site site = Site.serving(folder, target("site"))) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      Receipt receipt = site.await(NAME, State.DELIVERED);

      assertThat(lost).isTrue();
      assertThat(Site.tags(registry.address())).isEqualTo(Golden.registry("golden-prefix"));
      assertThat(site.engine().ledger().events().of(receipt.archive().id()))
          .anyMatch(event -> event.detail().contains("REGISTRY_INCONSISTENT"));
    }
  }

  private void loseEverythingOf(String repository) {
    try (Stream<Path> folders = Files.walk(registryFolder)) {
      for (Path each :
          folders.filter(path -> path.endsWith(repository)).filter(Files::isDirectory).toList()) {
        Relocation.deleteTree(each);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void tellsAWebhookOfAnEndThatACrashKeptFromIt() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Settings settings = Site.settings(folder, target("site"));
    String id;
    try (Site site = Site.start(settings, Planner.Options.DEFAULT, true)) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      id = site.await(NAME, State.DELIVERED).archive().id();
    }
    try (Ledger ledger = Ledger.open(settings.state(), Clock.systemUTC())) {
      ledger.events().add(id, "landfall", "NOTICE_DUE", "");
    }
    HttpServer webhook = webhook(told);
    try (Site site = Site.start(Site.with(settings, url(webhook)), Planner.Options.DEFAULT, true)) {
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !told.isEmpty());
      Awaitility.await().during(Duration.ofSeconds(5)).until(() -> told.size() == 1);

      assertThat(told).singleElement().asString().startsWith("POST {").contains(id);
      assertThat(site.latest(NAME)).isPresent();
    } finally {
      webhook.stop(0);
    }
  }

  private static Optional<Secret> url(HttpServer webhook) {
    return Optional.of(
        new Secret("http://127.0.0.1:" + webhook.getAddress().getPort() + "/notice"));
  }

  private static HttpServer webhook(List<String> told) throws IOException {
    HttpServer webhook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/notice",
        exchange -> {
          told.add(
              exchange.getRequestMethod()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    webhook.start();
    return webhook;
  }

  @Test
  void tellsAWebhookOnceThatAnArchiveHasEnded() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    HttpServer webhook = webhook(told);
    Settings settings = Site.with(Site.settings(folder, target("site")), url(webhook));
    try (Site site = Site.start(settings, Planner.Options.DEFAULT, true)) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      String id = site.await(NAME, State.DELIVERED).archive().id();

      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !told.isEmpty());

      assertThat(told).singleElement().asString().startsWith("POST {").contains(id);
    } finally {
      webhook.stop(0);
    }
  }

  @Test
  void goesOnAfterARestartInTheMiddle() throws Exception {
    int port = freePort();
    String target = "site=docker://127.0.0.1:" + port + "/mirror/site";
    try (Site site = Site.serving(folder, target)) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      site.await(NAME, State.PARKED);
    }

    try (EmbeddedRegistry back = EmbeddedRegistry.start(registryFolder.resolve("back"), port);
        Site site = Site.serving(folder, target)) {
      site.await(NAME, State.DELIVERED);

      assertThat(Site.tags(back.address())).isEqualTo(Golden.registry("golden-prefix"));
    }
  }

  @Test
  void doesNotWorkInADataFolderThatAnotherProcessHas() throws Exception {
    try (Site site = Site.serving(folder, target("site"))) {
      assertThat(site.data()).exists();

      Optional<Engine> second =
          Engine.start(
              Site.settings(folder, target("site")),
              new Engine.Mode(Path.of(""), true, true, Planner.Options.DEFAULT));

      assertThat(second).isEmpty();
    }
  }

  private String target(String name) {
    return name + "=docker://" + registry.address() + "/mirror/site";
  }

  private static Faults refusing(String repository) {
    return (method, path) ->
        method.equals("PUT") && path.contains("/manifests/") && path.startsWith("/v2/" + repository)
            ? Optional.of(new Faults.Fault(false, OptionalInt.of(413), Map.of()))
            : Optional.empty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String sha256(Path file) throws IOException {
    return Digest.of(Files.readAllBytes(file)).hex();
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static List<String> problems(JsonNode receipt) throws IOException {
    try (InputStream schema =
        Objects.requireNonNull(
            FlowTest.class.getResourceAsStream("/schema/landfall.receipt.v1.schema.json"))) {
      return Stream.of(receipt)
          .flatMap(
              json ->
                  JsonSchemaFactory.getInstance(VersionFlag.V202012)
                      .getSchema(schema)
                      .validate(json)
                      .stream())
          .map(Object::toString)
          .toList();
    }
  }
}
