package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import landfall.campaign.Sample;
import landfall.failure.Code;
import landfall.fault.proxy.TokenGate;
import landfall.ledger.State;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F20: tokens that run out sooner than they say, token servers that stumble, wrong passwords. */
class LoginTest {
  private final Path folder;

  LoginTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void f20RenewsATokenThatRunsOutWhileABlobIsSent() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      TokenGate gate = gate(stand, "right", Duration.ofMillis(600));
      stand.proxy().slowTo(80_000);
      gate.stumble(2);
      Sample sample = stand.sample(Size.of(5, 60));
      stand.start(target(stand, "right"));

      stand.deliver(sample, State.DELIVERED);

      stand.assertWhole(sample);
      assertThat(gate.asked()).isGreaterThan(5);
      assertThat(stand.cost(sample)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void f20ParksAfterFewLoginsWithAWrongPassword() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      TokenGate gate = gate(stand, "right", Duration.ofMinutes(1));
      Sample sample = stand.sample(3);
      stand.start(target(stand, "wrong"));

      stand.give(sample);
      stand.site().awaitCode(sample.file(), Code.REGISTRY_AUTH.name());
      LockSupport.parkNanos(Duration.ofSeconds(Size.of(3, 240)).toNanos());
      assertThat(gate.refused()).isBetween(1, 3);
    }
  }

  private static TokenGate gate(Stand stand, String password, Duration life) {
    TokenGate gate = new TokenGate(stand.proxy().address(), password, life);
    stand.proxy().play(gate.rules());
    return gate;
  }

  private static Target target(Stand stand, String password) throws IOException {
    Path authfile = Cargo.login(stand.folder(), stand.proxy().address(), password);
    return Stand.target("site", stand.proxy().address(), Stand.logged(authfile));
  }
}
