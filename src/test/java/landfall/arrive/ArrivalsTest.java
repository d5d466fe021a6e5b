package landfall.arrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import landfall.ledger.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {
  private final Path drop;
  private final Ledger ledger;
  private final Arrivals arrivals;

  ArrivalsTest(@TempDir Path folder) throws IOException {
    this.drop = Files.createDirectory(folder.resolve("drop"));
    this.ledger = Ledger.open(folder.resolve("state"), Clock.systemUTC());
    DropRules rules =
        new DropRules(Duration.ofSeconds(1), false, Duration.ofSeconds(1), Duration.ofHours(1));
    this.arrivals =
        new Arrivals(
            drop,
            new Drop(rules, new Stillness(() -> 0)),
            ledger,
            Map.of("site", "registry.invalid"),
            Clock.systemUTC());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void waitsForAFileThatIsStillBeingCopied() throws IOException {
    Path file = Files.writeString(drop.resolve("new.tar"), "something");

    assertThat(arrivals.ready(file)).isFalse();
    assertThat(ledger.archives().at(file)).hasSize(1);
  }

  @Test
  void knowsNothingOfAFileThatWasMovedAwaySinceItWasListed() {
    Path file = drop.resolve("moved.tar");

    assertThat(arrivals.ready(file)).isFalse();
    assertThat(ledger.archives().at(file)).isEmpty();
  }
}
