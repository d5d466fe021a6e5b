package landfall.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import landfall.archive.ArchiveFile;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.folders.DataFolder;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.State;
import landfall.ledger.Step;
import landfall.registry.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a registry while an archive for it is on its way. */
class ResumerTest {
  private static final String TARGET = "site";

  private final AtomicInteger pings = new AtomicInteger();
  private final Ledger ledger;
  private final Resumer resumer;
  private boolean away;

  ResumerTest(@TempDir Path root) throws IOException {
    DataFolder folder = new DataFolder(root, root.resolve("state"));
    folder.create();
    this.ledger = Ledger.open(folder, Clock.systemUTC());
    this.resumer = new Resumer(ledger, Map.of(TARGET, registry()), System::nanoTime, false);
  }

  @AfterEach
  void closeTheLedger() {
    ledger.close();
  }

  /** Answers a ping, or not; nothing else is to be asked of it. */
  private Registry registry() {
    return (Registry)
        Proxy.newProxyInstance(
            Registry.class.getClassLoader(),
            new Class<?>[] {Registry.class},
            (self, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("ping");
              pings.incrementAndGet();
              if (away) {
                throw new Parked(Code.REGISTRY_DOWN, "nobody there");
              }
              return null;
            });
  }

  private void arrives(String id) {
    Path path = Path.of("/drop", id);
    ledger
        .archives()
        .add(
            new ArchiveRow(
                id,
                0,
                id,
                path,
                List.of(new ArchiveFile(path, 10, 20, 0, "x".repeat(100))),
                false,
                false,
                "{}",
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.EPOCH,
                Optional.empty()));
    ledger.deliveries().add(id, TARGET, "host", Optional.empty());
    ledger.deliveries().resume(id, List.of(TARGET), "test");
  }

  @Test
  void looksOnceForEachArchive() {
    arrives("one");
    resumer.probe(TARGET);
    resumer.probe(TARGET);
    assertThat(pings).hasValue(1);

    arrives("two");
    resumer.probe(TARGET);
    resumer.probe(TARGET);
    assertThat(pings).hasValue(2);
  }

  @Test
  void leavesTheRegistryInPeaceWhileNothingComes() {
    resumer.probe(TARGET);

    assertThat(pings).hasValue(0);
  }

  @Test
  void leavesItInPeaceOnceThePushHasBegun() {
    arrives("one");
    ledger.deliveries().step("one", List.of(TARGET), Step.PUSH);

    resumer.probe(TARGET);

    assertThat(pings).hasValue(0);
  }

  @Test
  void parksNothingBecauseOfWhatItSees() {
    away = true;
    arrives("one");

    resumer.probe(TARGET);

    assertThat(pings).hasValue(1);
    assertThat(ledger.deliveries().of("one"))
        .extracting(DeliveryRow::state)
        .containsExactly(State.RUNNABLE);
  }
}
