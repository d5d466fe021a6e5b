package landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.archive.Carried;
import landfall.demo.EmbeddedRegistry;
import landfall.demo.Faults.Fault;
import landfall.ledger.DataLock;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  private static final Path ARCHIVE =
      Path.of("src/test/resources/samples/additional/mirror_000001.tar");
  private static final Path GOLDEN =
      Path.of("src/test/resources/samples/additional/golden-prefix/mapping.txt");

  private final Shell shell = new Shell();
  private final Path data;
  private final EmbeddedRegistry registry;

  CommandTest(@TempDir Path root) throws IOException {
    this.data = root.resolve("data");
    this.registry = EmbeddedRegistry.start(root.resolve("registry"), 0);
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "ingest",
        "plan",
        "verify",
        "status",
        "quarantine",
        "inventory",
        "rebuild",
        "demo"
      })
  void everyCommandTeaches(String command) {
    int code = command.isEmpty() ? shell.run("--help") : shell.run(command, "--help");

    assertThat(code).isZero();
    assertThat(shell.out()).contains("Usage: landfall");
    assertThat(shell.out().lines().filter(line -> line.endsWith(".")).count()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest",
        "ingest --nonsense x.tar",
        "ingest no-such-archive.tar --to docker://127.0.0.1:1",
        "plan src/test/resources/samples/additional/mirror_000001.tar",
        "plan src/test/resources/samples/additional/mirror_000001.tar --to http://x",
        "status --output xml",
        "quarantine discard x",
        "quarantine show nothing",
        "nonsense"
      })
  void wrongUseIsExitTwoWithASentence(String words) {
    int code = shell.run((Object[]) (words + " --data " + data).split(" ", -1));

    assertThat(code).isEqualTo(2);
    assertThat(shell.err()).isNotBlank().doesNotContain("\tat ");
  }

  @Test
  void everyMistakeInTheConfigurationIsNamedWithItsLine() throws IOException {
    Path config = Files.createDirectories(data).resolve("bad.yaml");
    Files.writeString(config, "data: ./x\ntargts: []\ndrop:\n  settle: soon\n");

    int code = shell.run("status", "--config", config);

    assertThat(code).isEqualTo(2);
    assertThat(shell.err()).contains("bad.yaml:2").contains("bad.yaml:4").contains("targets");
  }

  @Test
  void aPlanIsOcMirrorsMappingAndLeavesNothingBehind() throws IOException {
    int code =
        shell.run(
            "plan",
            ARCHIVE,
            "--format",
            "mapping",
            "--data",
            data,
            "--to",
            "docker://127.0.0.1:5555/mirror/site");

    assertThat(code).isZero();
    assertThat(shell.out().lines().collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(List.copyOf(Files.readAllLines(GOLDEN)));
    assertThat(data).doesNotExist();
  }

  @Test
  void aPlanTellsWhatTheTargetWasGivenBeforeAndLeavesNoTrace() throws IOException {
    String to = "docker://" + registry.address();
    Object[] plan = {"plan", ARCHIVE, "--data", data, "--to", to, "--format", "json"};
    assertThat(shell.run(plan)).isZero();
    assertThat(plan(0).get("bytesDelivered").isNull()).isTrue();
    assertThat(shell.run("ingest", ARCHIVE, "--data", data, "--plain-http", "--to", to)).isZero();
    Path state = data.resolve("state");
    List<Path> before = files(state);

    assertThat(shell.run(plan)).isZero();

    assertThat(plan(0).get("bytesInArchive").asLong()).isPositive();
    assertThat(plan(0).get("bytesDelivered")).isEqualTo(plan(0).get("bytesInArchive"));
    assertThat(files(state)).isEqualTo(before);
  }

  private JsonNode plan(int index) throws IOException {
    return new ObjectMapper().readTree(shell.out()).get(index);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"docker://127.0.0.1:5555/mirror/site/", "x=docker://127.0.0.1:5555/mirror/site"})
  void aTargetMayBeWrittenInSeveralWays(String to) throws IOException {
    assertThat(shell.run("plan", ARCHIVE, "--format", "mapping", "--data", data, "--to", to))
        .isZero();
    assertThat(shell.out().lines()).containsExactlyInAnyOrderElementsOf(Files.readAllLines(GOLDEN));
  }

  @Test
  void aMappingForSeveralTargetsNamesEachAsItIsWritten() {
    shell.run(
        "plan",
        ARCHIVE,
        "--format",
        "mapping",
        "--to",
        "docker://Reg.EXAMPLE:8443",
        "--to",
        "docker://b.example/x");

    assertThat(shell.out().lines()).hasSize(28);
    assertThat(shell.out())
        .contains("=docker://Reg.EXAMPLE:8443/ubi9/ubi:latest")
        .contains("=docker://b.example/x/ubi9/ubi:latest");
  }

  @Test
  void anIncompleteArchiveHasAPlanWithWhatIsMissing() throws IOException {
    Carried run = Carried.by("additional");
    Carried.Entry lost = run.only(Carried.BLOBS).largest();
    Path archive = data.resolve("a.tar");
    run.only(entry -> !entry.equals(lost)).write(archive);

    int code = shell.run("plan", archive, "--to", "docker://127.0.0.1:5555", "--output", "json");

    assertThat(code).isEqualTo(4);
    assertThat(plan(0).get("result").asText()).isEqualTo("BLOB_MISSING");
    assertThat(plan(0).get("images").size()).isBetween(20, 24);
    JsonNode piece = plan(0).at("/missing/0/pieces/0");
    assertThat(lost.name()).contains(piece.get("digest").asText().substring("sha256:".length()));
    assertThat(piece.get("kind").asText()).isEqualTo("layer");
    assertThat(piece.get("inHistory").asBoolean()).isFalse();
    assertThat(shell.run("plan", archive, "--to", "docker://127.0.0.1:5555")).isEqualTo(4);
    assertThat(shell.out()).contains("missing: ").contains("result: BLOB_MISSING");
    assertThat(shell.run("plan", archive, "--to", "docker://127.0.0.1:5555", "--format", "mapping"))
        .isEqualTo(4);
    assertThat(shell.out().lines()).hasSize(14);
  }

  @Test
  void verifyTellsWholeFromDamaged() throws IOException {
    assertThat(shell.run("verify", ARCHIVE, "--data", data)).isZero();
    assertThat(shell.out()).contains("OK").contains("25 images");
    byte[] bytes = Files.readAllBytes(ARCHIVE);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(Files.createDirectories(data).resolve("damaged.tar"), bytes);

    int code = shell.run("verify", damaged, "--output", "json");

    assertThat(code).isEqualTo(4);
    JsonNode fact = new ObjectMapper().readTree(shell.out()).get(0);
    assertThat(fact.get("result").asText()).isEqualTo("DIGEST_MISMATCH");
    assertThat(fact.get("next").asText()).isNotBlank();
  }

  @Test
  void saysUntilWhenARegistryAskedToBeLeftAlone() {
    AtomicBoolean busy = new AtomicBoolean(true);
    Fault wait = Fault.answering(429, Map.of("Retry-After", "3"));
    registry.suffer(
        (method, path) ->
            method.equals("PUT") && path.contains("/manifests/") && busy.getAndSet(false)
                ? Optional.of(wait)
                : Optional.empty());
    String to = "docker://" + registry.address();

    assertThat(shell.run("ingest", ARCHIVE, "--data", data, "--plain-http", "--to", to)).isZero();

    assertThat(shell.err().lines().filter(line -> line.contains("asked to be left alone")))
        .isNotEmpty()
        .allMatch(line -> line.matches(".* the registry .* until \\d\\d:\\d\\d:\\d\\dZ"));
  }

  @Test
  void ingestsThenKnowsItAgainAndTellsWhereItStands() throws IOException {
    Object[] ingest = {
      "ingest", ARCHIVE, "--data", data, "--plain-http", "--to", "docker://" + registry.address()
    };

    assertThat(shell.run(ingest)).isZero();
    assertThat(shell.out()).contains("DELIVERED").contains("receipt.json");
    assertThat(shell.run(ingest)).isZero();
    assertThat(shell.out()).contains("DUPLICATE");

    assertThat(shell.run("status", "--data", data, "--output", "json")).isZero();
    assertThat(new ObjectMapper().readTree(shell.out())).hasSize(2);
    assertThat(shell.run("status", "--data", data)).isZero();
    assertThat(shell.out()).contains("25 of 25 images");
  }

  @Test
  void tellsWhatATargetHoldsAndWritesItDownForTheSender(@TempDir Path carried) throws IOException {
    String to = "site=docker://" + registry.address();
    shell.run("ingest", ARCHIVE, "--data", data, "--plain-http", "--to", to);
    Object[] ask = {
      "inventory",
      "site",
      "--data",
      data,
      "--plain-http",
      "--to",
      to,
      "--history",
      carried,
      "--output",
      "json"
    };

    assertThat(shell.run(ask)).isZero();

    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(facts.get("images"))
        .hasSize(25)
        .allSatisfy(image -> assertThat(image.get("presence").asText()).isEqualTo("THERE"));
    Path history = Path.of(facts.get("history").asText());
    assertThat(history.getFileName().toString())
        .matches("\\.history-\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(Files.readAllLines(history)).containsExactlyElementsOf(blobs(ARCHIVE));

    registry.close();
    assertThat(shell.run(ask)).isEqualTo(6);
    assertThat(shell.run("inventory", "site", "--data", data, "--digests")).isZero();
    assertThat(shell.out()).contains("the ledger alone").contains("lab/app-a:v1 sha256:");
    assertThat(shell.run("inventory", "elsewhere", "--data", data)).isEqualTo(2);
  }

  @Test
  void tellsThePackagesOfACatalogUntilTheLedgerIsLost() throws IOException {
    Path archive = Path.of("src/test/resources/samples/operators/mirror_000001.tar");
    String to = "site=docker://" + registry.address();
    shell.run("ingest", archive, "--data", data, "--plain-http", "--to", to);

    assertThat(shell.run("inventory", "site", "--data", data, "--output", "json")).isZero();
    JsonNode catalog = new ObjectMapper().readTree(shell.out()).get("catalogs").get(0);
    assertThat(catalog.get("destination").asText()).isEqualTo("mirror/ops/red-index:v4.18-site");
    assertThat(catalog.get("packages"))
        .extracting(one -> one.get("name").asText())
        .containsExactly("local-storage-operator", "openshift-cert-manager-operator");
    assertThat(catalog.get("packages").get(0).get("versions")).isNotEmpty();
    assertThat(shell.run("inventory", "site", "--data", data)).isZero();
    assertThat(shell.out()).contains("\n    argocd-operator ", "\n    local-storage-operator ");

    assertThat(shell.run("rebuild", "--data", data)).isIn(0, 3);
    assertThat(shell.run("inventory", "site", "--data", data)).isZero();
    assertThat(shell.out())
        .contains("its packages are known when it is delivered next")
        .doesNotContain("argocd-operator ");
  }

  /** All an archive carries, which for this one is what its images consist of. */
  private static Set<String> blobs(Path archive) throws IOException {
    Set<String> blobs = new TreeSet<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().matches(".*/blobs/sha256/../[0-9a-f]{64}/data")) {
          blobs.add(entry.getName().replaceAll(".*/([0-9a-f]{64})/data", "sha256:$1"));
        }
      }
    }
    return blobs;
  }

  @Test
  void aReviewWorksWithoutAService() throws IOException {
    Path bad = Files.writeString(Files.createDirectories(data).resolve("bad.tar"), "no archive");
    String to = "docker://" + registry.address();
    assertThat(shell.run("ingest", bad, "--data", data, "--plain-http", "--to", to)).isEqualTo(4);
    assertThat(shell.run("quarantine", "list", "--data", data, "--output", "json")).isZero();
    String id = new ObjectMapper().readTree(shell.out()).get(0).get("id").asText();

    assertThat(shell.run("quarantine", "show", id, "--data", data)).isZero();
    assertThat(shell.out()).contains("code: NOT_AN_ARCHIVE");
    assertThat(shell.run("quarantine", "discard", id, "--reason", "a test", "--data", data))
        .isZero();
    assertThat(shell.run("quarantine", "list", "--data", data)).isZero();
    assertThat(shell.out()).contains("empty");
    assertThat(bad).hasContent("no archive");
  }

  @Test
  void exitsSixAtOnceWhenTheRegistryIsAway() {
    registry.close();

    int code =
        shell.run(
            "ingest",
            ARCHIVE,
            "--data",
            data,
            "--plain-http",
            "--to",
            "docker://" + registry.address());

    assertThat(code).isEqualTo(6);
    assertThat(shell.out()).contains("PARKED REGISTRY_DOWN").contains("next: ");
  }

  @Test
  void aLostOrDamagedLedgerIsRefusedInWordsAndRebuilt() throws IOException {
    String to = "docker://" + registry.address();
    Object[] ingest = {"ingest", ARCHIVE, "--data", data, "--plain-http", "--to", to};
    assertThat(shell.run(ingest)).isZero();
    Path ledger = data.resolve("state/ledger.db");
    Files.writeString(ledger, "no database, but long enough that SQLite takes a look at it");

    for (Object[] words : List.of(ingest, new Object[] {"status", "--data", data})) {
      assertThat(shell.run(words)).isEqualTo(2);
      assertThat(shell.err())
          .contains("ledger.db is damaged")
          .contains("next: ")
          .contains("landfall rebuild")
          .doesNotContain("\tat ");
    }
    Files.delete(ledger);
    assertThat(shell.run("status", "--data", data)).isEqualTo(2);
    assertThat(shell.err()).contains("holds no ledger").contains("landfall rebuild");

    assertThat(shell.run("rebuild", "--data", data)).isEqualTo(3);

    assertThat(shell.out())
        .contains("archives: 1 DELIVERED")
        .contains("no such target is configured");
    assertThat(shell.run("status", "--data", data)).isZero();
    assertThat(shell.out()).contains("25 of 25 images");
    assertThat(shell.run("rebuild", "--data", data, "--output", "json")).isEqualTo(3);
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(Path.of(facts.get("kept").asText())).exists();
    assertThat(facts.at("/archives/DELIVERED").asInt()).isEqualTo(1);
    assertThat(facts.get("disagreements")).hasSize(1);
  }

  @Test
  void aRebuildLeavesAWorkingProcessAlone() throws IOException {
    Path state = Files.createDirectories(data.resolve("state"));
    DataLock working = DataLock.take(state).orElseThrow();

    assertThat(shell.run("rebuild", "--data", data)).isEqualTo(2);

    working.close();
    assertThat(shell.err()).contains("another Landfall process works in");
    assertThat(state.resolve("ledger.db")).doesNotExist();
  }
}
