package landfall.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import landfall.registry.StandingClock;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final StandingClock clock = StandingClock.halfway();
  private final Health health = new Health(clock);

  @Test
  void knowsUntilWhenARegistryAskedToBeLeftAlone() {
    health.quietFor(Duration.ofMinutes(10));
    health.quietFor(Duration.ofMinutes(1));

    assertThat(health.quietUntil()).contains(clock.now().plus(Duration.ofMinutes(10)));
    clock.pass(Duration.ofMinutes(10));
    assertThat(health.quietUntil()).isEmpty();
  }

  @Test
  void makesNothingOfAShortPause() {
    health.quietFor(Duration.ofSeconds(1));

    assertThat(health.quietUntil()).isEmpty();
  }
}
