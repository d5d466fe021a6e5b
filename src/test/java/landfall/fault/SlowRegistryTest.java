package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import landfall.failure.Failure;
import landfall.fake.DebianRegistry;
import landfall.fault.proxy.FaultProxy;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Trick;
import landfall.fault.proxy.Tricks;
import landfall.registry.Registry;
import landfall.registry.Sites;
import landfall.registry.StandingClock;
import landfall.registry.wire.Times;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** F29: a registry that takes a connection and then hardly anything else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowRegistryTest {
  private static final int LARGE = 16 << 20;
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Times IMPATIENT = new Times(SOON, SOON, SOON, SOON);

  private final DebianRegistry server;
  private final FaultProxy proxy;
  private int next = LARGE;

  SlowRegistryTest(@TempDir Path folder) throws IOException {
    this.server = DebianRegistry.start(folder);
    this.proxy = FaultProxy.before(Stand.port(server));
  }

  @AfterAll
  void stop() {
    proxy.close();
    server.close();
  }

  /** How little it does. */
  @SuppressWarnings("ImmutableEnumChecker") // tricks have no state
  private enum Way {
    /** Takes the head of a request and nothing else. */
    DEAF(Tricks.silence()),
    /** Takes all and never answers. */
    MUTE(Tricks.silenceAfterBody()),
    /** Answers one byte a second. */
    DRIBBLING(Tricks.dribble(1));

    private final Trick trick;

    Way(Trick trick) {
      this.trick = trick;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DEAF, HEAD, /blobs/",
    "DEAF, PUT, /blobs/uploads/",
    "MUTE, PUT, /blobs/uploads/",
    "MUTE, PUT, /manifests/",
    "DRIBBLING, HEAD, /blobs/",
    "DRIBBLING, PUT, /blobs/uploads/",
    "DRIBBLING, GET, /manifests/",
  })
  void f29WaitsForNoRegistryThatHardlyMoves(Way way, String method, String path)
      throws IOException {
    proxy.reset();
    proxy.play(Rule.on(method, path, way.trick));
    try (Registry registry =
        Sites.open(Sites.plain(proxy.address()), StandingClock.halfway(), IMPATIENT)) {
      long begin = System.nanoTime();

      Throwable thrown = catchThrowable(() -> Cargo.of(next++).push(registry));

      boolean taken = method.equals("PUT") && way != Way.DEAF; // a later look may find it there
      assertThat(taken || thrown instanceof Failure).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void f29GivesUpWithinNinetySeconds(Way way) throws IOException {
    Assumptions.assumeTrue(Size.isFull(), "takes minutes: with -Pfaults");
    proxy.reset();
    proxy.play(Rule.on("GET", "/v2/$", way.trick));
    try (Registry registry =
        Sites.open(Sites.plain(proxy.address()), StandingClock.halfway(), Times.usual())) {
      long begin = System.nanoTime();

      Throwable thrown = catchThrowable(registry::ping);

      assertThat(thrown).isInstanceOf(Failure.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(95));
    }
  }
}
