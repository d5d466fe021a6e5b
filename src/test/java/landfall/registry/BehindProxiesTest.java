package landfall.registry;

import static landfall.registry.Sites.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import landfall.demo.EmbeddedRegistry;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.fake.DebianRegistry;
import landfall.image.Digest;
import landfall.registry.fault.Pause;
import landfall.registry.wire.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real registries with something between them and us. */
class BehindProxiesTest {
  private static final int MIB = 1 << 20;

  private final Path folder;

  BehindProxiesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static HttpRegistry open(String address, Pause pause) {
    return HttpRegistry.open(Sites.plain(address), bytes -> {}, pause, Times.usual());
  }

  private static byte[] random(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void send(HttpRegistry registry, byte[] blob) {
    registry.send(
        APP,
        Digest.of(blob),
        blob.length,
        offset -> new ByteArrayInputStream(blob, (int) offset, blob.length));
  }

  @ParameterizedTest
  @CsvSource({
    "1048576, true",
    "10485760, true",
    "100000, true",
    "1048576, false",
    "10485760, false"
  })
  void getsBlobsThroughAProxyThatCapsBodies(int most, boolean says) throws IOException {
    try (DebianRegistry server = DebianRegistry.start(folder);
        CappingProxy proxy = new CappingProxy(server.address(), most, says);
        HttpRegistry registry = open(proxy.address(), StandingClock.halfway())) {
      for (int i = 0; i < 3; i++) {
        byte[] blob = random(12 * MIB + i, i);

        send(registry, blob);

        assertThat(registry.holds(APP, Digest.of(blob), blob.length)).isTrue();
      }
      int refused = proxy.refused();
      byte[] last = random(12 * MIB, 7);
      send(registry, last);

      assertThat(registry.holds(APP, Digest.of(last), last.length)).isTrue();
      assertThat(proxy.refused()).as("what was learned holds").isEqualTo(refused);
    }
  }

  @Test
  void parksBehindAProxyThatLetsNothingThrough() throws IOException {
    try (DebianRegistry server = DebianRegistry.start(folder);
        CappingProxy proxy = new CappingProxy(server.address(), 10_000, true);
        HttpRegistry registry = open(proxy.address(), StandingClock.halfway())) {
      byte[] small = random(9_000, 1);
      send(registry, small);

      Failure failure =
          catchThrowableOfType(Failure.class, () -> send(registry, random(5 * MIB, 2)));

      assertThat(failure.code()).isEqualTo(Code.PROXY_BODY_LIMIT);
      assertThat(failure).hasMessageContaining("the largest it has taken lately had 9000");
    }
  }

  /** Neither replica knows the other's sessions. */
  @Test
  void endsEveryUploadAtTheReplicaThatOpenedIt() throws Exception {
    try (EmbeddedRegistry one = EmbeddedRegistry.start(folder.resolve("one"), 0);
        EmbeddedRegistry other = EmbeddedRegistry.start(folder.resolve("other"), 0);
        RoundRobin balancer = new RoundRobin(List.of(one.address(), other.address()));
        HttpRegistry registry = open(balancer.address(), StandingClock.halfway())) {
      ExecutorService uploads = Executors.newFixedThreadPool(6);
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        byte[] blob = random(70_000, i);
        sent.add(uploads.submit(() -> send(registry, blob)));
      }
      for (Future<?> each : sent) {
        each.get();
      }
      uploads.shutdown();

      assertThat(registry.traffic().blobBytes()).isEqualTo(120 * 70_000L);
      assertThat(balancer.connections()).isBetween(2, 24);
    }
  }

  @Test
  void leavesNeitherThreadsNorFilesBehind() throws Exception {
    try (EmbeddedRegistry server = EmbeddedRegistry.start(folder, 0);
        HttpRegistry registry = open(server.address(), Pause.real())) {
      ExecutorService uploads = Executors.newFixedThreadPool(4);
      move(registry, uploads, 0, 200);
      long files = openFiles();
      int threads = Thread.activeCount();

      move(registry, uploads, 200, 3200);

      assertThat(openFiles()).isLessThanOrEqualTo(files + 8);
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
      uploads.shutdown();
    }
  }

  private static void move(HttpRegistry registry, ExecutorService uploads, int from, int to)
      throws Exception {
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      byte[] blob = random(100, i);
      Digest digest = Digest.of(blob);
      all.add(
          () -> {
            boolean before = registry.holds(APP, digest, blob.length);
            send(registry, blob);
            return !before && registry.fetch(APP, digest, blob.length, ByteArrayOutputStream::new);
          });
    }
    for (Future<Boolean> each : uploads.invokeAll(all)) {
      assertThat(each.get()).isTrue();
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
