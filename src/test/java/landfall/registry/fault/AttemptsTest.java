package landfall.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.registry.StandingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptsTest {
  private final StandingClock clock = StandingClock.halfway();
  private final Health health = new Health(clock);
  private final Attempts attempts = new Attempts(health, clock);

  /** Fails as told, one fault a try, then succeeds. */
  private static final class Faulty implements Step<String> {
    private final String phrase;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private int tries;
    private int settled;
    private boolean there;
    private IntToLongFunction progress = tried -> 0;

    Faulty(String phrase, Fault... faults) {
      this.phrase = phrase;
      this.faults.addAll(Arrays.asList(faults));
    }

    @Override
    public String phrase() {
      return phrase;
    }

    @Override
    public String attempt() throws RequestFault {
      tries++;
      if (!faults.isEmpty()) {
        throw new RequestFault(faults.remove());
      }
      return "done";
    }

    @Override
    public long progress() {
      return progress.applyAsLong(tries);
    }

    @Override
    public Optional<String> settle() {
      settled++;
      return there ? Optional.of("settled") : Optional.empty();
    }
  }

  private static Faulty always(Operation operation, Reply reply) {
    Fault[] many = new Fault[1000];
    Arrays.fill(many, Fault.of(operation, reply));
    return new Faulty("doing it", many);
  }

  private static Faulty always(Operation operation, Signal signal) {
    Fault[] many = new Fault[1000];
    Arrays.fill(many, Fault.of(operation, signal, "seen"));
    return new Faulty("doing it", many);
  }

  @Test
  void countsTriesAnewAsFarAsThereIsProgress() {
    Faulty step = always(Operation.UPLOAD_PATCH, Reply.status(503, "busy"));
    step.progress = tried -> Math.min(tried, 20);

    assertThat(ending(step)).isEqualTo(Code.REGISTRY_DOWN);
    assertThat(step.tries).isEqualTo(25);
  }

  @Test
  void endsThoughEveryOtherTryGetsAsFarAsAnEarlierOne() {
    Faulty step = always(Operation.UPLOAD_PATCH, Reply.status(503, "busy"));
    step.progress = tried -> tried % 2;

    assertThat(ending(step)).isEqualTo(Code.REGISTRY_DOWN);
    assertThat(step.tries).isEqualTo(6);
  }

  private static Fault status(Operation operation, int status) {
    return Fault.of(operation, Reply.status(status, ""));
  }

  private Code ending(Step<?> step) {
    Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> attempts.run(step));
    assertThat(thrown).isInstanceOf(Failure.class);
    return ((Failure) thrown).code();
  }

  @Test
  void triesSixTimesFirstAtOnceThenWithWaitsThatDouble() {
    Faulty step = always(Operation.BLOB_CHECK, Reply.status(503, "busy"));

    assertThat(ending(step)).isEqualTo(Code.REGISTRY_DOWN);
    assertThat(step.tries).isEqualTo(6);
    assertThat(clock.sleeps())
        .containsExactly(
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofMillis(1000),
            Duration.ofMillis(2000));
  }

  @Test
  void waitsLongerTheSecondTimeWhereManyAnswersAreFaults() {
    for (int each = 0; each < 10; each++) {
      health.stumbled(Remedy.Ease.IF_MANY);
    }
    Faulty step = new Faulty("doing it", busy(), busy());

    attempts.run(step);

    assertThat(clock.sleeps()).containsExactly(Duration.ofMillis(10), Duration.ofMillis(250));
  }

  private static Fault busy() {
    return status(Operation.BLOB_CHECK, 503);
  }

  @Test
  void saysWhoIsDownWithinFiveSeconds() {
    StandingClock slow = new StandingClock(0.999);
    Faulty step = always(Operation.PING, Signal.REFUSED);

    assertThatThrownBy(() -> new Attempts(new Health(slow), slow).run(step))
        .isInstanceOf(Parked.class)
        .hasMessage("doing it: seen");
    assertThat(step.tries).isEqualTo(3);
    assertThat(slow.passed()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void givesOneImageUpOverServerErrorsOfItsOwn() {
    Faulty step = always(Operation.UPLOAD_PUT, Reply.status(500, "UNKNOWN"));

    assertThatThrownBy(() -> attempts.run(step))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining("answered 500");
    assertThat(step.tries).isEqualTo(6);
  }

  @Test
  void blamesTheRegistryWhenEverythingFails() {
    ending(always(Operation.UPLOAD_PUT, Reply.status(500, "")));
    Faulty another =
        new Faulty(
            "another",
            status(Operation.UPLOAD_PUT, 500),
            status(Operation.UPLOAD_PUT, 500),
            status(Operation.UPLOAD_PUT, 500),
            status(Operation.UPLOAD_PUT, 500),
            status(Operation.UPLOAD_PUT, 500));

    assertThat(ending(another)).isEqualTo(Code.REGISTRY_DOWN);
  }

  @Test
  void doesNotBlameTheRegistryWhileOthersSucceed() throws RequestFault {
    ending(always(Operation.UPLOAD_PUT, Reply.status(500, "")));
    attempts.run(new Faulty("fine"));
    Faulty another =
        new Faulty(
            "another",
            status(Operation.UPLOAD_PUT, 500),
            status(Operation.UPLOAD_PUT, 500),
            status(Operation.UPLOAD_PUT, 500),
            status(Operation.UPLOAD_PUT, 500),
            status(Operation.UPLOAD_PUT, 500));

    assertThat(attempts.run(another)).isEqualTo("done");
  }

  @Test
  void givesUpMixedTroubleAsExhausted() {
    Faulty step =
        new Faulty(
            "mixed",
            status(Operation.UPLOAD_PUT, 500),
            Fault.of(Operation.UPLOAD_PUT, Signal.CUT, "cut"),
            status(Operation.UPLOAD_PUT, 500),
            Fault.of(Operation.UPLOAD_PUT, Signal.CUT, "cut"),
            status(Operation.UPLOAD_PUT, 500),
            Fault.of(Operation.UPLOAD_PUT, Signal.CUT, "cut"));

    assertThat(ending(step)).isEqualTo(Code.RETRIES_EXHAUSTED);
  }

  @Test
  void looksBeforeItSendsABlobAgain() {
    Faulty step = new Faulty("doing it", Fault.of(Operation.UPLOAD_PUT, Signal.CUT, "cut"));
    step.there = true;

    assertThat(attempts.run(step)).isEqualTo("settled");
    assertThat(step.tries).isEqualTo(1);
  }

  @Test
  void looksOnceMoreBeforeItCallsATagTaken() {
    Faulty same = new Faulty("doing it", status(Operation.TAG_PUT, 409));
    same.there = true;
    Faulty other = new Faulty("doing it", status(Operation.TAG_PUT, 409));

    assertThat(attempts.run(same)).isEqualTo("settled");
    assertThat(ending(other)).isEqualTo(Code.TAG_CONFLICT);
    assertThat(other.settled).isEqualTo(1);
  }

  @Test
  void repeatsNoRequestThatOnlyStarts() {
    Faulty step = new Faulty("doing it", Fault.of(Operation.UPLOAD_START, Signal.CUT, "cut"));

    attempts.run(step);

    assertThat(step.settled).isZero();
  }

  @Test
  void waitsAsLongAsItIsAskedAtNoCost() {
    Reply wait =
        new Reply(429, List.of(), "", false, false, false, Optional.of(Duration.ofSeconds(7)));
    Fault[] many = new Fault[20];
    Arrays.fill(many, Fault.of(Operation.UPLOAD_PUT, wait));
    Faulty step = new Faulty("doing it", many);

    assertThat(attempts.run(step)).isEqualTo("done");
    assertThat(step.tries).isEqualTo(21);
    assertThat(clock.sleeps()).containsOnly(Duration.ofMillis(7250));
    assertThat(health.slowdowns()).isEqualTo(20);
  }

  @Test
  void goesOnAsFastWhereOneAnswerInTenIsAFault() {
    for (int each = 0; each < 300; each++) {
      attempts.run(each % 10 == 0 ? stumbling(503) : new Faulty("doing it"));
    }

    assertThat(health.slowdowns()).isZero();
  }

  @Test
  void slowsDownWhereEveryOtherAnswerIsAFault() {
    for (int each = 0; each < 30; each++) {
      attempts.run(stumbling(each % 2 == 0 ? 500 : 504));
    }

    assertThat(health.slowdowns()).isPositive();
  }

  @Test
  void slowsDownAtOnceWhereADatabaseIsLocked() {
    attempts.run(
        new Faulty(
            "doing it", Fault.of(Operation.UPLOAD_START, Reply.status(500, "database is locked"))));

    assertThat(health.slowdowns()).isEqualTo(1);
  }

  private static Faulty stumbling(int status) {
    return new Faulty("doing it", Fault.of(Operation.UPLOAD_START, Reply.status(status, "")));
  }

  @Test
  void waitsNoLongerThanTenMinutesAtATime() {
    Reply wait =
        new Reply(429, List.of(), "", false, false, false, Optional.of(Duration.ofDays(7)));

    attempts.run(new Faulty("doing it", Fault.of(Operation.PING, wait)));

    assertThat(clock.passed()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
  }

  @Test
  void parksWhoAsksForQuietForEver() {
    assertThat(ending(always(Operation.PING, Reply.status(429, "")))).isEqualTo(Code.REGISTRY_DOWN);
    assertThat(clock.passed()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
  }

  @Test
  void keepsEveryCallQuietWhenOneIsAskedToBe() {
    health.quietFor(Duration.ofSeconds(12));

    attempts.run(new Faulty("another"));

    assertThat(clock.passed()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void renewsCredentialsOnlyOnceInARow() {
    Reply unauthorized = new Reply(401, List.of(), "", false, true, false, Optional.empty());
    Faulty twice =
        new Faulty(
            "doing it",
            Fault.of(Operation.UPLOAD_PUT, unauthorized),
            Fault.of(Operation.UPLOAD_PUT, unauthorized));
    Faulty once = new Faulty("doing it", Fault.of(Operation.UPLOAD_PUT, unauthorized));

    assertThat(attempts.run(once)).isEqualTo("done");
    assertThat(ending(twice)).isEqualTo(Code.REGISTRY_AUTH);
    assertThat(clock.sleeps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID"})
  void suspectsReplicasWhenSessionsVanishThreeTimes(String code) {
    Faulty step = always(Operation.UPLOAD_PUT, Reply.status(404, "", code));

    assertThat(ending(step)).isEqualTo(Code.SESSION_AFFINITY);
    assertThat(step.tries).isEqualTo(3);
  }

  @Test
  void blamesNoReplicasForABlobThatIsSaidToBeInvalid() {
    Reply invalid = Reply.status(400, "Invalid docker content", "BLOB_UPLOAD_INVALID");
    Faulty step = always(Operation.UPLOAD_PUT, invalid);

    assertThat(ending(step)).isEqualTo(Code.RETRIES_EXHAUSTED);
    assertThat(step.tries).isEqualTo(3);
  }

  @Test
  void rejectsAnArchiveThatChanges() {
    Faulty step =
        new Faulty("doing it", Fault.of(Operation.UPLOAD_PUT, Signal.SOURCE_CHANGED, "short"));

    assertThatThrownBy(() -> attempts.run(step)).isInstanceOf(Rejected.class);
  }

  @Test
  void opensAnUnreadableArchiveThreeTimesMore() {
    Faulty step = always(Operation.UPLOAD_PUT, Signal.SOURCE_UNREADABLE);

    assertThat(ending(step)).isEqualTo(Code.MEDIA_UNREADABLE);
    assertThat(step.tries).isEqualTo(4);
  }

  @Test
  void triesOnceWhenOnlyAsking() {
    Faulty step = always(Operation.PING, Reply.status(500, ""));

    assertThatThrownBy(() -> attempts.once(step))
        .isInstanceOf(Parked.class)
        .extracting(thrown -> ((Failure) thrown).code())
        .isEqualTo(Code.REGISTRY_DOWN);
    assertThat(step.tries).isEqualTo(1);
  }

  @Test
  void stopsWhenToldTo() {
    Thread.currentThread().interrupt();
    Pause real = Pause.real();
    Faulty step = always(Operation.BLOB_CHECK, Signal.CUT);

    assertThatThrownBy(() -> new Attempts(new Health(real), real).run(step))
        .isInstanceOf(Parked.class)
        .hasMessageContaining("stopped while waiting");
    assertThat(Thread.interrupted()).isTrue();
  }
}
