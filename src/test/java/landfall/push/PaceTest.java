package landfall.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import landfall.registry.Registry.Traffic;
import landfall.registry.personality.Personality;
import landfall.target.Target;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private final Site site = new Site();
  private final Pace pace = site.pace(4, 16);

  @Test
  void beginsWithTheFewest() {
    assertThat(limit()).isEqualTo(4);
  }

  @Test
  void growsToTheMostWhileEveryOneMoreGetsMoreDone() {
    work(60, images -> images * 10_000_000.0);

    assertThat(limit()).isEqualTo(16);
  }

  @Test
  void growsForRequestsWhereThereAreHardlyAnyBytes() {
    site.requestsPerImage = 20;
    work(60, images -> 0);

    assertThat(limit()).isEqualTo(16);
  }

  @Test
  void takesTheLastOneBackWhenItGotNoMoreDone() {
    work(12, images -> Math.min(images, 6) * 10_000_000.0);

    assertThat(limit()).isEqualTo(6);
  }

  @Test
  void triesOneMoreAgainAfterARest() {
    work(12, images -> Math.min(images, 6) * 10_000_000.0);
    work(40, images -> images * 10_000_000.0);

    assertThat(limit()).isGreaterThan(7);
  }

  @Test
  void halvesAtOnceWhenTheRegistryComplains() {
    work(60, images -> images * 10_000_000.0);
    site.slowdowns++;

    assertThat(limit()).isEqualTo(8);
  }

  @Test
  void takesComplaintsThatComeTogetherForOne() {
    work(60, images -> images * 10_000_000.0);
    for (int each = 0; each < 10; each++) {
      site.slowdowns++;
      limit();
      site.nanos += 100_000_000L;
    }

    assertThat(limit()).isEqualTo(8);
  }

  @Test
  void neverGoesBelowOneAndRecovers() {
    for (int each = 0; each < 10; each++) {
      site.slowdowns++;
      limit();
      site.nanos += 3_000_000_000L;
    }
    assertThat(limit()).isEqualTo(1);

    work(30, images -> images * 10_000_000.0);
    assertThat(limit()).isGreaterThan(2);
  }

  @Test
  void staysBelowWhatSuchRegistriesBear() {
    site.personality = Personality.QUAY;
    Pace asSet = site.pace(6, 16);
    Pace standard = site.pace(4, 16);
    for (int each = 0; each < 30; each++) {
      site.work(4, images -> images * 10_000_000.0);
      assertThat(standard.now()).isEqualTo(4);
      assertThat(asSet.now()).isEqualTo(6);
    }
  }

  @Test
  void learnsNothingFromIdleTime() {
    work(60, images -> 0);

    assertThat(limit()).isEqualTo(4);
  }

  @Test
  void keepsToOneNumberWhereFewestAndMostAreTheSame() {
    Pace fixed = site.pace(3, 3);
    for (int each = 0; each < 30; each++) {
      site.work(3, images -> images * 10_000_000.0);
      assertThat(fixed.now()).isEqualTo(3);
    }
  }

  private int limit() {
    return pace.now();
  }

  /** So many seconds of work, of a rate that depends on how much is done at a time. */
  private void work(int seconds, IntToDoubleFunction bytesPerSecond) {
    for (int second = 0; second < seconds; second++) {
      site.work(limit(), bytesPerSecond);
    }
    limit();
  }

  /** A registry of which only the counters matter, and the clock. */
  private static final class Site {
    private long nanos = Long.MAX_VALUE - 5_000_000_000L; // it may wrap
    private long requestsPerImage;
    private double bytes;
    private long requests;
    private long slowdowns;
    private Personality personality = Personality.DISTRIBUTION_2;

    Pace pace(int fewest, int most) {
      return new Pace(
          new Target.Limits(fewest, most, 16, 0),
          () -> new Traffic(requests, (long) bytes),
          () -> slowdowns,
          () -> personality,
          () -> nanos);
    }

    void work(int images, IntToDoubleFunction bytesPerSecond) {
      nanos += 1_000_000_000L;
      bytes += bytesPerSecond.applyAsDouble(images);
      requests += requestsPerImage * images;
    }
  }
}
