package landfall.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import landfall.ledger.DeliveryRow;
import landfall.ledger.State;
import landfall.ledger.Step;
import org.junit.jupiter.api.Test;

class SetbacksTest {
  private static final DeliveryRow ROW = row("one");

  private final AtomicLong now = new AtomicLong();
  private final Setbacks setbacks = new Setbacks(now::get);

  private static DeliveryRow row(String archive) {
    return new DeliveryRow(
        archive, "site", "host", State.PARKED, Step.PUSH, Optional.empty(), Instant.EPOCH, 9, 9);
  }

  /** How long it was kept, probed once a second. */
  private int secondsUntilLetGo(long delivered) {
    int seconds = 0;
    while (!setbacks.letGo(ROW, delivered)) {
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      seconds++;
    }
    return seconds;
  }

  @Test
  void waitsTwiceAsLongEachTimeNothingMoreWasDelivered() {
    assertThat(secondsUntilLetGo(0)).isZero();
    assertThat(secondsUntilLetGo(0)).isEqualTo(3);
    assertThat(secondsUntilLetGo(0)).isEqualTo(6);
    assertThat(secondsUntilLetGo(0)).isEqualTo(12);
  }

  @Test
  void neverWaitsLongerThanTwoMinutes() {
    for (int times = 0; times < 20; times++) {
      assertThat(secondsUntilLetGo(0)).isLessThanOrEqualTo(120);
    }
    assertThat(secondsUntilLetGo(0)).isEqualTo(120);
  }

  @Test
  void beginsAnewWhereSomeOfItWasDelivered() {
    secondsUntilLetGo(0);
    secondsUntilLetGo(0);

    assertThat(secondsUntilLetGo(1)).isZero();
    assertThat(secondsUntilLetGo(1)).isEqualTo(3);
  }

  @Test
  void goesOnAtOnceWhereTheRegistryWasUnwellMeanwhile() {
    secondsUntilLetGo(0);

    setbacks.forget(ROW);

    assertThat(secondsUntilLetGo(0)).isZero();
  }

  @Test
  void keepsNoOtherWaiting() {
    secondsUntilLetGo(0);

    assertThat(setbacks.letGo(ROW, 0)).isFalse();
    assertThat(setbacks.letGo(row("other"), 0)).isTrue();
  }
}
