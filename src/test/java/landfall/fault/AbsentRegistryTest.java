package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import landfall.campaign.Sample;
import landfall.failure.Code;
import landfall.fake.Disk;
import landfall.fault.proxy.Answers;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Tricks;
import landfall.ledger.DeliveryRow;
import landfall.ledger.State;
import landfall.report.Receipt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F9 to F12 and F23: a registry that is full, away, or forgets. */
class AbsentRegistryTest {
  private final Path folder;

  AbsentRegistryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void f9ParksOnAFullStorageAndGoesOnWhenItHasRoom() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      Files.createDirectories(stand.registry().storage());
      try (Disk disk = Disk.memory(stand.registry().storage(), 8)) {
        disk.fill(150_000);
        Sample sample = stand.sample(5);
        // beside a blob that fills the disk, distribution would tear a manifest for good
        stand.start(Stand.target("site", stand.proxy().address(), Stand.open(), 1));

        stand.give(sample);
        stand.site().awaitCode(sample.file(), Code.REGISTRY_FULL.name());
        disk.free();

        assertThat(stand.await(sample, State.DELIVERED).targets().get(0).failures()).isEmpty();
        stand.assertWhole(sample);
      }
    }
  }

  @Test
  void f10OutlivesARegistryThatComesAndGoes() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().shut();
      Sample sample = stand.sample(Size.of(6, 60));
      stand.start();
      stand.give(sample);
      stand.site().awaitCode(sample.file(), Code.REGISTRY_DOWN.name());

      stand.proxy().delay(5);
      for (int flap = 0; flap < Size.of(4, 20); flap++) {
        stand.proxy().reopen();
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        stand.proxy().shut();
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      stand.proxy().reopen();

      assertThat(stand.await(sample, State.DELIVERED).targets().get(0).failures()).isEmpty();
      stand.assertWhole(sample);
    }
  }

  @Test
  void f11SendsAllAgainToARegistryThatLostItAll() throws IOException {
    AtomicBoolean struck = new AtomicBoolean();
    try (Stand stand = Stand.open(folder)) {
      stand
          .proxy()
          .play(
              Rule.on(
                      "PUT",
                      "/manifests/",
                      Tricks.after(
                          () -> loseAll(stand, struck), landfall.fault.proxy.Passage::pass))
                  .times(1));
      Sample sample = stand.sample(Size.of(5, 60));
      stand.start();

      Receipt receipt = stand.deliver(sample, State.DELIVERED);

      assertThat(struck).isTrue();
      assertThat(receipt.targets().get(0).failures()).isEmpty();
      stand.assertWhole(sample);
    }
  }

  private static void loseAll(Stand stand, AtomicBoolean struck) throws IOException {
    stand.registry().kill();
    stand.registry().wipe();
    stand.registry().startAgain();
    struck.set(true);
  }

  @Test
  void f12DeliversToOneRegistryWhileTheOtherIsAway() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    try (Stand stand = Stand.open(folder)) {
      Sample sample = stand.sample(Size.of(4, 60));
      stand.start(
          Stand.target("site", stand.proxy().address(), Stand.open()),
          Stand.target("other", "127.0.0.1:" + nobody, Stand.open()));

      stand.give(sample);

      Awaitility.await("one delivered, one parked")
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  state(stand, sample, "site") == State.DELIVERED
                      && state(stand, sample, "other") == State.PARKED);
      stand.assertWhole(sample);
    }
  }

  private static State state(Stand stand, Sample sample, String target) {
    return stand.site().latest(sample.file()).stream()
        .flatMap(row -> stand.site().deliveries(row).stream())
        .filter(row -> row.target().equals(target))
        .map(DeliveryRow::state)
        .findFirst()
        .orElse(State.WAITING);
  }

  @Test
  void f23EndsRightWhileTheRegistryCollectsGarbageAllTheTime() throws IOException {
    AtomicBoolean over = new AtomicBoolean();
    try (Stand stand = Stand.open(folder)) {
      Sample sample = stand.sample(Size.of(6, 100));
      Thread collector = new Thread(() -> collect(stand, over), "garbage-collector");
      stand.proxy().delay(20);
      stand.start();
      collector.start();
      try {
        stand.deliver(sample, State.DELIVERED);
      } finally {
        over.set(true);
        join(collector);
      }

      stand.assertWhole(sample);
    }
  }

  @Test
  void f23TriesLaterWhereWhatWasSentIsCollectedAgainAndAgain() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand
          .proxy()
          .play(
              Rule.on(
                      "PUT",
                      "/app-0/manifests/",
                      Tricks.answer(Answers.error(404, "MANIFEST_BLOB_UNKNOWN", "collected")))
                  .times(5));
      Sample sample = stand.sample(2);
      stand.start();

      stand.deliver(sample, State.DELIVERED);

      stand.assertWhole(sample);
      assertThat(stand.proxy().traffic().tricked()).isEqualTo(5);
    }
  }

  private static void collect(Stand stand, AtomicBoolean over) {
    while (!over.get()) {
      stand.registry().collectGarbage();
      LockSupport.parkNanos(Duration.ofMillis(Size.of(1500, 5000)).toNanos());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
