package landfall.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import landfall.demo.EmbeddedRegistry;
import landfall.demo.Faults;
import landfall.demo.Faults.Fault;
import landfall.image.Digest;
import landfall.ledger.State;
import landfall.plan.Planner;
import landfall.push.ReadBack;
import landfall.push.TagConflict;
import landfall.report.Receipt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that do not hold what they said they took (FR F22), by the real routes. */
class ReadBackTest {
  private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/sha256:([0-9a-f]{64})");
  private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/sha256:.*");
  private static final int IMAGES = 12;

  private final Path folder;
  private final Path made;
  private final Path storage;
  private final EmbeddedRegistry registry;

  ReadBackTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("data"));
    this.made = Files.createDirectory(root.resolve("made"));
    this.storage = Files.createDirectory(root.resolve("registry"));
    this.registry = EmbeddedRegistry.start(storage, 0);
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sendsAgainWhatWasAcceptedAndDropped(long seed) throws Exception {
    Random random = new Random(seed);
    registry.suffer(
        (method, path) -> {
          boolean upload = method.equals("PUT") && path.contains("/blobs/uploads/");
          return upload && chance(random, 10)
              ? Optional.of(Fault.answering(201))
              : Optional.empty();
        });
    try (Site site = site(ReadBack.MANIFESTS)) {
      deliver(site, State.DELIVERED);

      registry.suffer(Faults.none());
      assertThatAllIsThere();
    }
  }

  @Test
  void movesATagAgainThatWasAcceptedAndDropped() throws Exception {
    Map<String, Boolean> dropped = new ConcurrentHashMap<>();
    registry.suffer(
        (method, path) ->
            method.equals("PUT")
                    && path.endsWith("/manifests/v1")
                    && dropped.putIfAbsent(path, true) == null
                ? Optional.of(Fault.answering(201))
                : Optional.empty());
    try (Site site = site(ReadBack.MANIFESTS)) {
      deliver(site, State.DELIVERED);

      assertThat(dropped).hasSize(IMAGES);
      assertThatAllIsThere();
    }
  }

  @ParameterizedTest
  @EnumSource(ReadBack.class)
  void sendsAgainWhatIsGoneAfterItsManifestWasTaken(ReadBack depth) throws Exception {
    Map<String, Boolean> struck = new ConcurrentHashMap<>();
    registry.suffer(
        (method, path) -> {
          Matcher manifest = MANIFEST.matcher(path);
          boolean first =
              method.equals("GET")
                  && manifest.matches()
                  && struck.putIfAbsent(manifest.group(1), true) == null;
          if (first) {
            hideBlobs(manifest.group(1));
          }
          return Optional.empty();
        });
    try (Site site = site(depth)) {
      deliver(site, State.DELIVERED);

      registry.suffer(Faults.none());
      assertThat(struck).hasSize(IMAGES);
      assertThatAllIsThere();
    }
  }

  @ParameterizedTest
  @EnumSource(ReadBack.class)
  void parksWhenWhatIsSentAgainIsGoneAgain(ReadBack depth) throws Exception {
    registry.suffer(
        (method, path) -> {
          boolean look = method.equals("HEAD") || method.equals("GET");
          return look && BLOB.matcher(path).matches()
              ? Optional.of(Fault.answering(404))
              : Optional.empty();
        });
    try (Site site = site(depth)) {
      Receipt receipt = deliver(site, State.PARKED);

      assertThat(receipt.targets().get(0).code()).isEqualTo("REGISTRY_INCONSISTENT");
      assertThat(Site.tags(registry.address())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"nothing", "short", "other", "longer"})
  void readsBlobsBackAndSendsThemAgain(String damage) throws Exception {
    AtomicInteger struck = new AtomicInteger();
    registry.suffer(damagingOnce(damage, struck));
    try (Site site = site(ReadBack.FULL)) {
      deliver(site, State.DELIVERED);

      registry.suffer(Faults.none());
      assertThat(struck).hasPositiveValue();
      assertThatAllIsThere();
      assertThat(site.engine().progress().bytesReadBack()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"nothing, PARKED, REGISTRY_INCONSISTENT", "short, PARKED, REGISTRY_INCONSISTENT"})
  void parksWhenBlobsStayLost(String damage, State state, String code) throws Exception {
    registry.suffer(damagingAlways(damage));
    try (Site site = site(ReadBack.FULL)) {
      Receipt receipt = deliver(site, state);

      assertThat(receipt.targets().get(0).code()).isEqualTo(code);
      assertThat(Site.tags(registry.address())).isEmpty();
    }
  }

  @Test
  void deadLettersWhatStaysOther() throws Exception {
    registry.suffer(damagingAlways("other"));
    try (Site site = site(ReadBack.FULL)) {
      Receipt receipt = deliver(site, State.DELIVERED_WITH_FAILURES);

      assertThat(receipt.targets().get(0).failures())
          .hasSize(IMAGES)
          .allSatisfy(failure -> assertThat(failure.code()).isEqualTo("REGISTRY_CORRUPT"));
      assertThat(Site.tags(registry.address())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"MANIFESTS, HEAD, 2", "FULL, GET, 1"})
  void asksForABlobOfARepositoryOnceAfterItWasSent(ReadBack depth, String method, int most)
      throws Exception {
    Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    registry.suffer(
        (how, path) -> {
          if (how.equals(method) && BLOB.matcher(path).matches()) {
            asked.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
          }
          return Optional.empty();
        });
    try (Site site = site(depth)) {
      deliver(site, State.DELIVERED);

      assertThat(asked).hasSize(3 * IMAGES);
      assertThat(asked.values()).allSatisfy(times -> assertThat(times.get()).isBetween(1, most));
    }
  }

  @Test
  void readsTheBlobsOfOneImageSideBySide() throws Exception {
    CountDownLatch together = new CountDownLatch(2);
    registry.suffer(
        (method, path) -> {
          if (method.equals("GET") && BLOB.matcher(path).matches()) {
            together.countDown();
            wait(together);
          }
          return Optional.empty();
        });
    Made archive = new Made();
    Path file = archive.tag("lab/app-0", "v1", image(archive, 0)).write(made, "made.tar");
    try (Site site = site(ReadBack.FULL)) {
      site.drop(file, file.resolveSibling("made.tar.sha256"));

      site.await("made.tar", State.DELIVERED);

      assertThat(together.getCount()).isZero();
    }
  }

  private static void wait(CountDownLatch all) {
    try {
      all.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private Faults damagingOnce(String damage, AtomicInteger struck) {
    Map<String, Boolean> seen = new ConcurrentHashMap<>();
    return (method, path) -> {
      Matcher blob = BLOB.matcher(path);
      if (method.equals("GET") && blob.matches() && seen.putIfAbsent(blob.group(2), true) == null) {
        struck.incrementAndGet();
        damage(blob.group(2), damage);
      }
      return Optional.empty();
    };
  }

  private Faults damagingAlways(String damage) {
    return (method, path) -> {
      Matcher blob = BLOB.matcher(path);
      if (method.equals("GET") && blob.matches()) {
        damage(blob.group(2), damage);
      }
      return Optional.empty();
    };
  }

  private void damage(String hex, String damage) {
    UnaryOperator<byte[]> change =
        switch (damage) {
          case "nothing" -> bytes -> new byte[0];
          case "short" -> bytes -> Arrays.copyOf(bytes, bytes.length / 2);
          case "longer" -> bytes -> Arrays.copyOf(bytes, bytes.length + 1);
          default ->
              bytes -> {
                bytes[0] ^= 1;
                return bytes;
              };
        };
    Path file = storage.resolve("content").resolve(hex);
    try {
      Path damaged = Files.createTempFile(storage, "damaged", "");
      Files.write(damaged, change.apply(Files.readAllBytes(file)));
      Files.move(damaged, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void hideBlobs(String repository) {
    Path shown = storage.resolve("repositories").resolve(repository).resolve("_blobs");
    try (Stream<Path> links = Files.list(shown)) {
      for (Path link : links.toList()) {
        Files.deleteIfExists(link);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean chance(Random random, int percent) {
    synchronized (random) {
      return random.nextInt(100) < percent;
    }
  }

  private Site site(ReadBack depth) {
    String target = "site=docker://" + registry.address() + "/mirror/site";
    return Site.start(
        Site.pushing(Site.settings(folder, target), TagConflict.OVERWRITE, depth),
        Planner.Options.DEFAULT,
        true);
  }

  private Receipt deliver(Site site, State state) throws IOException {
    Made archive = new Made();
    for (int number = 0; number < IMAGES; number++) {
      archive.tag("lab/app-" + number, "v1", image(archive, number));
    }
    Path file = archive.write(made, "made.tar");
    site.drop(file, file.resolveSibling("made.tar.sha256"));
    return site.await("made.tar", state);
  }

  /** With a layer of its own and one that all share, which is mounted but for the first time. */
  private static String image(Made archive, int number) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s,%s]}"
        .formatted(
            Made.OCI_IMAGE,
            archive.part(Made.OCI_CONFIG, "{\"number\":" + number + "}"),
            archive.part(Made.OCI_LAYER, "shared by all"),
            archive.part(Made.OCI_LAYER, "of " + number + "x".repeat(number * 1000)));
  }

  private void assertThatAllIsThere() throws Exception {
    Made all = new Made();
    List<String> lost = new ArrayList<>();
    for (int number = 0; number < IMAGES; number++) {
      String manifest = image(all, number);
      String repository = "mirror/site/lab/app-" + number;
      assertThat(Site.tags(registry.address()))
          .containsEntry(repository + ":v1", Digest.of(manifest.getBytes(UTF_8)).toString());
      for (String hex : blobs(manifest)) {
        Path shown = storage.resolve("repositories/" + repository + "/_blobs/" + hex);
        Path content = storage.resolve("content/" + hex);
        if (!Files.exists(shown) || !Digest.of(Files.readAllBytes(content)).hex().equals(hex)) {
          lost.add(repository + " " + hex);
        }
      }
    }
    assertThat(lost).isEmpty();
  }

  private static List<String> blobs(String manifest) {
    return Pattern.compile("sha256:([0-9a-f]{64})")
        .matcher(manifest)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
