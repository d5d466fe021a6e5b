package landfall.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import landfall.archive.Limits;
import landfall.arrive.Checksums;
import landfall.folders.DataFolder;
import landfall.image.Digest;
import landfall.ledger.ArchiveRow;
import landfall.ledger.ImageRow;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.ImageRow.Moved;
import landfall.ledger.ImageRow.Origin;
import landfall.ledger.Ledger;
import landfall.open.Opened;
import landfall.plan.MemoryContents;
import landfall.plan.Plan;
import landfall.plan.Planned;
import landfall.plan.Samples;
import landfall.plan.candidate.Companion;
import landfall.plan.candidate.Companion.Kind;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.push.Concurrency;
import landfall.push.KeptArchives;
import landfall.push.Push;
import landfall.push.Pusher;
import landfall.registry.Registry;
import landfall.report.Receipt.TargetReport;
import landfall.report.Receipts;
import landfall.target.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of invented content at one target, one after the other. */
final class PublisherTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Target TARGET = Samples.target("mirror/site", 0);
  private static final String TEMPLATE =
      """
      apiVersion: operators.coreos.com/v1alpha1
      kind: CatalogSource
      spec: {displayName: Ours}
      """;

  private final DataFolder folder;
  private final Ledger ledger;
  private Instant now = NOON;

  PublisherTest(@TempDir Path root) throws IOException {
    this.folder = new DataFolder(root, root.resolve("state"));
    folder.create();
    this.ledger = Ledger.open(folder.state(), Clock.fixed(NOON, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void aSecondArchiveDropsNothingOfTheFirst() {
    publish("one", release("4.18.1"), catalog("redhat/idx:v4.18"), additional("lab/a:1"));
    SortedMap<String, String> first = site();

    publish("two", release("4.18.2"), catalog("other/idx:v4.18"), additional("more/b:1"));

    assertThat(site().keySet()).containsAll(first.keySet()).hasSize(first.size() + 2);
    assertThat(site().get("cs-idx-v4-18.yaml")).isEqualTo(first.get("cs-idx-v4-18.yaml"));
    assertThat(text("itms-oc-mirror.yaml")).contains("quay.io/lab\n").contains("quay.io/more\n");
    assertThat(text("signature-configmap.yaml"))
        .contains(digest("4.18.1").hex())
        .contains(digest("4.18.2").hex());
    assertThat(archive("one").keySet()).isEqualTo(first.keySet());
    assertThat(archive("two").get("itms-oc-mirror.yaml")).doesNotContain("quay.io/lab");
    assertThat(archive("two").keySet()).anyMatch(name -> name.matches("cs-idx-v4-18-.{8}\\.yaml"));
  }

  @Test
  void publishingAgainTouchesNoFile() throws IOException {
    publish("one", release("4.18.1"), catalog("redhat/idx:v4.18"), additional("lab/a:1"));
    FileTime then = FileTime.from(NOON);
    List<Path> files = files();
    for (Path file : files) {
      Files.setLastModifiedTime(file, then);
    }
    now = NOON.plus(Duration.ofDays(100));

    publish("two", additional("lab/a:1"));

    assertThat(files()).isEqualTo(files);
    for (Path file : files) {
      assertThat(Files.getLastModifiedTime(file)).as(file.toString()).isEqualTo(then);
    }
    assertThat(report("two").changes()).isEmpty();
  }

  @Test
  void theReceiptSaysWhatChangedAndWhetherItDrains() {
    publish("one", additional("lab/a:1"));
    publish("two", additional("lab/a:1"), additional("more/b:1"), catalog("redhat/idx:v4.18"));

    assertThat(report("one").changes())
        .containsExactly(
            new Change(
                "itms-oc-mirror.yaml",
                "new object ImageTagMirrorSet itms-generic-0, 1 source",
                true));
    assertThat(report("two").changes())
        .contains(
            new Change("cs-idx-v4-18.yaml", "new object CatalogSource cs-idx-v4-18", false),
            new Change(
                "itms-oc-mirror.yaml",
                "ImageTagMirrorSet itms-generic-0: new source quay.io/more",
                true));
  }

  @Test
  void whatACrashInterruptedIsSaidAllTheSame() throws IOException {
    Push push = deliver("one", additional("lab/a:1"), catalog("redhat/idx:v4.18"));
    publisher().publish(push);
    List<Change> changes = report("one").changes();
    Files.delete(folder.out("site").resolve("cluster-resources/cs-idx-v4-18.yaml"));

    publisher().publish(push);

    assertThat(report("one").changes()).isEqualTo(changes).hasSize(3);
    assertThat(site()).containsKey("cs-idx-v4-18.yaml");
  }

  @Test
  void signaturesAndTemplatesOfWhatFailedAreNotPublished() {
    Content lost = release("4.18.1").failed();
    Content catalog = catalog("redhat/idx:v4.18").failed();

    publish("one", lost, catalog, additional("lab/a:1"));

    assertThat(site().keySet()).containsExactly("itms-oc-mirror.yaml");
  }

  @Test
  void templatesTravelIntoTheirCatalogSource() {
    publish("one", catalog("redhat/idx:v4.18"));

    assertThat(text("cs-idx-v4-18.yaml")).contains("displayName: Ours");
  }

  @Test
  void theNewestTemplateOfACatalogWins() {
    publish("one", catalog("redhat/idx:v4.18"));
    publish("two", catalog("redhat/idx:v4.18").with(TEMPLATE.replace("Ours", "Newer")));

    assertThat(text("cs-idx-v4-18.yaml")).contains("displayName: Newer");
    assertThat(report("two").changes())
        .contains(
            new Change(
                "cs-idx-v4-18.yaml",
                "CatalogSource cs-idx-v4-18: spec.displayName is Newer, was Ours",
                false));
  }

  @Test
  void theTemplateOfACatalogThatFailedDoesNotReachTheOneThatIsThere() {
    publish("one", catalog("redhat/idx:v4.18"));
    publish(
        "two",
        catalog("redhat/idx:v4.18").failed().with(TEMPLATE.replace("Ours", "Newer")),
        additional("lab/a:1"));

    assertThat(text("cs-idx-v4-18.yaml")).contains("displayName: Ours");
  }

  @Test
  void aCatalogThatMovedOnIsSaidAndItsFileStays() {
    Content catalog = catalog("redhat/idx:v4.18");
    publish("one", catalog);
    SortedMap<String, String> before = site();

    publish("two", catalog.pointingTo(digest("newer")));

    assertThat(site()).isEqualTo(before);
    assertThat(report("two").changes())
        .containsExactly(
            new Change(
                "cs-idx-v4-18.yaml",
                "CatalogSource cs-idx-v4-18: its image has moved on to "
                    + digest("newer")
                    + ", was "
                    + catalog.digest()
                    + "; the file is the same, start the catalog's pod anew",
                false));
    publish("three", catalog.pointingTo(digest("newer")));
    assertThat(report("three").changes()).isEmpty();
  }

  @Test
  void theReceiptHasTheWarningsOfPlanAndPublication() {
    publish("one", additional("lab/a:1"), catalog("redhat/my_idx:v1").with("no template"));

    assertThat(report("one").warnings())
        .hasSize(3)
        .anyMatch(line -> line.equals("a warning of the plan"))
        .anyMatch(line -> line.contains("is no name Kubernetes accepts"))
        .anyMatch(line -> line.contains("template for mirror/site/redhat/my_idx:v1 is not used"));
    publisher().publish(deliver("one", additional("lab/a:1")));
    assertThat(report("one").warnings()).hasSize(2).doesNotHaveDuplicates();
    publish("two", additional("lab/a:1"));
    assertThat(report("two").warnings()).containsExactly("a warning of the plan");
  }

  @Test
  void namesFilesThatExistAndNoOthers() {
    publish("one", release("4.18.1"), graph(), catalog("redhat/idx:v4.18"), additional("lab/a:1"));

    String page = read(folder.out("site").resolve("NEXT-STEPS.md"));

    assertThat(site().keySet())
        .allMatch(name -> page.contains("`" + name + "`") || page.contains("resources/" + name));
    assertThat(page).contains("updateService.yaml");
    assertThat(folder.out("site").resolve("node-config/certs.d/quay.io/hosts.toml")).exists();
    assertThat(folder.out("site").resolve("node-config/registries.conf.d/50-landfall-site.conf"))
        .exists();
  }

  /** Something an archive brings. */
  private record Content(
      ImageType type,
      String origin,
      Destination destination,
      Digest digest,
      Fate fate,
      String paper) {
    Content failed() {
      return new Content(type, origin, destination, digest, Fate.DEAD_LETTERED, paper);
    }

    Content pointingTo(Digest other) {
      return new Content(type, origin, destination, other, fate, paper);
    }

    Content with(String otherPaper) {
      return new Content(type, origin, destination, digest, fate, otherPaper);
    }

    Stream<Companion> companion() {
      return switch (type) {
        case RELEASE ->
            Stream.of(
                new Companion(
                    destination,
                    Kind.RELEASE_SIGNATURE,
                    destination.tag() + "-sha256-" + digest.hex(),
                    paper));
        case CATALOG ->
            Stream.of(new Companion(destination, Kind.CATALOG_SOURCE_TEMPLATE, "t.yaml", paper));
        default -> Stream.of();
      };
    }

    ImageRow row(String archive) {
      return new ImageRow(
          archive,
          "site",
          destination.toString(),
          List.of(new Origin(type.word(), origin)),
          Optional.of(digest),
          fate,
          Optional.empty(),
          Moved.NOTHING);
    }
  }

  private static Content release(String version) {
    return content(
        ImageType.RELEASE,
        "quay.io/openshift-release-dev/ocp-release:" + version,
        "openshift/release-images:" + version,
        digest(version),
        "AAAA");
  }

  private static Content graph() {
    return content(
        ImageType.GRAPH,
        "localhost:55000/openshift/graph-image:latest",
        "openshift/graph-image:latest",
        digest("g"),
        "");
  }

  private static Content catalog(String place) {
    return content(
        ImageType.CATALOG, "registry.redhat.io/" + place, place, digest(place), TEMPLATE);
  }

  private static Content additional(String place) {
    return content(ImageType.ADDITIONAL, "quay.io/" + place, place, digest(place), "");
  }

  private static Content content(
      ImageType type, String origin, String place, Digest digest, String paper) {
    return new Content(
        type, origin, Destination.parse("mirror/site/" + place), digest, Fate.PUSHED, paper);
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private void publish(String archive, Content... contents) {
    publisher().publish(deliver(archive, contents));
  }

  private Publisher publisher() {
    return new Publisher(ledger, folder, Clock.fixed(now, ZoneOffset.UTC), "1.0");
  }

  /** As the steps before leave it. */
  private Push deliver(String archive, Content... contents) {
    if (ledger.archives().byId(archive).isEmpty()) {
      ledger.add(row(archive), Map.of("site", TARGET.address()), Optional.empty());
    }
    List<Companion> companions = Stream.of(contents).flatMap(Content::companion).toList();
    Plan plan =
        new Plan(
            archive,
            TARGET,
            List.of(),
            List.of(),
            List.of("a warning of the plan", "a warning of the plan"),
            companions,
            List.of());
    Push push =
        new Pusher(
                ledger,
                Map.of("site", registry()),
                new Concurrency(Map.of(), Map.of(), () -> 0),
                new KeptArchives(ledger, folder, Limits.standard()),
                Pusher.Rules.STANDARD)
            .begin(new Planned(opened(), plan));
    Stream.of(contents).forEach(content -> ledger.images().record(content.row(archive)));
    return push;
  }

  private static Opened opened() {
    return Samples.opened(new MemoryContents(), Optional.empty());
  }

  /** Nobody asks it anything but how much it was asked. */
  private static Registry registry() {
    return (Registry)
        Proxy.newProxyInstance(
            Registry.class.getClassLoader(),
            new Class<?>[] {Registry.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("traffic")) {
                return new Registry.Traffic(0, 0);
              }
              throw new IllegalStateException(method.toString());
            });
  }

  private TargetReport report(String archive) {
    return new Receipts(ledger, folder, Clock.fixed(now, ZoneOffset.UTC))
        .of(ledger.archives().byId(archive).orElseThrow())
        .targets()
        .get(0);
  }

  private SortedMap<String, String> site() {
    return texts(folder.out("site").resolve("cluster-resources"));
  }

  private String text(String name) {
    return read(folder.out("site").resolve("cluster-resources").resolve(name));
  }

  private SortedMap<String, String> archive(String id) {
    return texts(folder.done(id).resolve("cluster-resources/site"));
  }

  private static SortedMap<String, String> texts(Path folder) {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> texts.put(file.getFileName().toString(), read(file)));
      return texts;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** All that is published for the target, but for the last archive's own mapping. */
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.out("site"))) {
      return new ArrayList<>(
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.endsWith("mapping.txt"))
              .sorted()
              .toList());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static ArchiveRow row(String id) {
    return new ArchiveRow(
        id,
        0,
        id + ".tar",
        Path.of("/drop", id + ".tar"),
        List.of(),
        false,
        false,
        Checksums.NONE.toJson(),
        Optional.empty(),
        Optional.empty(),
        false,
        NOON,
        Optional.empty());
  }
}
