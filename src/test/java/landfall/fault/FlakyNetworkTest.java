package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import landfall.campaign.Sample;
import landfall.fault.proxy.Answers;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Seen;
import landfall.fault.proxy.Trick;
import landfall.fault.proxy.Tricks;
import landfall.ledger.State;
import landfall.report.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** F13, F15 and F16: a way to the registry on which connections break and answers get lost. */
@ExtendWith(Figures.class)
class FlakyNetworkTest {
  private final Path folder;

  FlakyNetworkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void f13DeliversAllThroughFivePercentResetsAndFivePercentServerErrors() throws IOException {
    int images = Size.of(12, 500);
    Duration clean;
    try (Stand stand = Stand.open(folder)) {
      clean = deliver(stand, stand.sample(images));
    }
    try (Stand stand = Stand.open(folder)) {
      Sample sample = stand.sample(images);
      stand
          .proxy()
          .play(
              Rule.on(".*", "", Tricks.resetSomewhere()).chance(0.05),
              Rule.on(".*", "", Tricks.answer(Answers.page(503, "busy"))).chance(0.05));

      Duration flaky = deliver(stand, sample);

      stand.assertWhole(sample);
      figure(stand, images, stand.cost(sample), (double) flaky.toMillis() / clean.toMillis());
    }
  }

  private static void figure(Stand stand, int images, double cost, double times) {
    Figures.add(
        "10",
        "5 % resets + 5 % 5xx: no dead letter, at most 2.0 x payload, at most 2 x the wall time",
        String.format(
            "no dead letter, %.2f x payload, %.2f x the wall time, %d of %d requests hit",
            cost, times, stand.proxy().traffic().tricked(), stand.proxy().seen().size()),
        images,
        cost <= 2 && times <= 2);
    assertThat(cost).isLessThanOrEqualTo(2);
    assertThat(times).isLessThanOrEqualTo(Size.of(10, 2)); // a small run is mostly waiting
  }

  private static IntStream idle() {
    return Size.isFull() ? IntStream.of(0, 1000) : IntStream.of(0);
  }

  @ParameterizedTest
  @MethodSource("idle")
  void f15NoticesNothingOfIdleConnectionsThatAreClosed(int millis) throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().closeIdle(Duration.ofMillis(millis));
      Sample sample = stand.sample(Size.of(4, 60));

      deliver(stand, sample);

      stand.assertWhole(sample);
      assertThat(stand.cost(sample)).isLessThanOrEqualTo(1.5);
      assertThat(stand.proxy().traffic().uploadedAgain()).isEmpty();
    }
  }

  private static Stream<Rule> hopeless() {
    Trick busy = Tricks.answer(Answers.page(503, "busy"));
    Rule blob = Rule.on("PUT|PATCH", "/app-1/blobs/uploads/", busy);
    Rule manifest = Rule.on("PUT", "/app-1/manifests/sha256", busy);
    Rule cut = Rule.on("PUT|PATCH", "/app-1/blobs/uploads/", Tricks.resetAfter(10));
    Rule tag = Rule.on("GET", "/app-1/manifests/made", busy);
    return Size.isFull() ? Stream.of(blob, manifest, cut, tag) : Stream.of(cut);
  }

  @ParameterizedTest
  @MethodSource("hopeless")
  void f13GivesUpTheOneImageThatNeverGetsThrough(Rule hopeless) throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(hopeless);
      Sample sample = stand.sample(Size.of(4, 60));
      stand.start();

      Receipt receipt = stand.deliver(sample, State.DELIVERED_WITH_FAILURES);

      assertThat(receipt.targets().get(0).failures())
          .allMatch(failure -> failure.image().contains("app-1"))
          .anySatisfy(
              failure -> {
                assertThat(failure.code()).isEqualTo("RETRIES_EXHAUSTED");
                assertThat(failure.sentence()).contains("other content goes through");
              });
      stand.assertNothingPartial();
    }
  }

  @Test
  void f16SettlesEveryAnswerThatWasLostAfterTheRegistryHadDoneIt() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand
          .proxy()
          .play(
              Rule.on("PUT", "/blobs/uploads/", Tricks.swallow()).timesEach(1),
              Rule.on("PUT", "/manifests/", Tricks.swallow()).timesEach(1),
              Rule.on("POST", "/blobs/uploads/$", Tricks.swallow()).timesEach(1));
      Sample sample = stand.sample(Size.of(5, 60));

      deliver(stand, sample);

      stand.assertWhole(sample);
      assertThat(stand.proxy().traffic().tricked()).isGreaterThan(sample.tags().size());
      assertThat(stand.cost(sample)).isLessThanOrEqualTo(1.01); // nothing is sent twice
      assertThat(stand.proxy().traffic().replayedBodies()).isEmpty();
    }
  }

  private static Duration deliver(Stand stand, Sample sample) {
    stand.start();
    long begin = System.nanoTime();
    Receipt receipt = stand.deliver(sample, State.DELIVERED);
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(receipt.targets().get(0).failures()).isEmpty();
    assertThat(stand.proxy().seen().stream().filter(Seen::putsManifest)).isNotEmpty();
    return time;
  }
}
