package landfall.registry.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import landfall.registry.StandingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MannerTest {
  private final StandingClock clock = StandingClock.halfway();
  private final Manner manner = new Manner(clock);

  private static Progress progress(long bytes, double seconds) {
    return new Progress(bytes, (long) (seconds * 1e9));
  }

  @ParameterizedTest
  @CsvSource({
    // bytes and seconds of the first and of the second break, and whether they are the same
    "10000000, 1, 10100000, 2, true",
    "1048576, 1, 1500000, 9, true",
    "10000000, 1, 5000000, 2, false",
    "10000000, 60.1, 70000000, 61, true",
    "10000000, 60, 70000000, 90, false",
    "10000000, 1.0, 70000000, 1.01, false",
  })
  void takesBreaksAtTheSameCountOrTimeForALimit(
      long bytes, double seconds, long nextBytes, double nextSeconds, boolean same) {
    assertThat(manner.isLimit(progress(bytes, seconds), progress(nextBytes, nextSeconds)))
        .isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "9000000, 1, true",
    "10000000, 1, false",
    "10000000, 59, false",
    "1000, 70, true",
  })
  void takesNothingForALimitThatSomethingPassedLately(long bytes, double seconds, boolean limit) {
    manner.passed(progress(bytes, seconds));

    assertThat(manner.isLimit(progress(10_000_000, 1), progress(10_000_000, 2))).isEqualTo(limit);
  }

  @Test
  void doesNotRelyOnWhatPassedLongAgo() {
    manner.passed(progress(10_000_000, 70));
    clock.pass(Duration.ofMinutes(11));

    assertThat(manner.isLimit(progress(9_000_000, 60), progress(9_000_000, 60))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10737418240, 16777216",
    "16777217, 16777216",
    "16777216, 8388608",
    "1048576, 524288",
    "65537, 65536",
    "65536, 65536",
    "5, 65536",
  })
  void triesNextWhatIsBelowWhatWasRefused(long refused, long next) {
    manner.refused(refused);

    assertThat(manner.most()).isEqualTo(next);
  }

  @Test
  void believesInBreaksOnlyWhenTwoBlobsPassedInPieces() {
    manner.passedOnlyIn(1 << 20);
    long once = manner.most();
    manner.passedOnlyIn(2 << 20);

    assertThat(once).isEqualTo(Long.MAX_VALUE);
    assertThat(manner.most()).isEqualTo(2 << 20);
  }

  @Test
  void hasNoOtherWayWhereNeitherPiecesNorWholeBlobsAreTaken() {
    assertThat(manner.onlyWhole()).isTrue();
    assertThat(manner.onlyWhole()).isFalse();

    manner.forget();
    manner.refused(1 << 20);

    assertThat(manner.onlyWhole()).isFalse();
  }
}
