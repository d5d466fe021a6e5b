package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import landfall.campaign.Sample;
import landfall.failure.Code;
import landfall.fault.proxy.Answers;
import landfall.fault.proxy.Reply;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Seen;
import landfall.fault.proxy.Trick;
import landfall.fault.proxy.Tricks;
import landfall.ledger.State;
import landfall.report.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F17 and F18: a registry that is overworked, or stumbles over one image or over all. */
class BusyRegistryTest {
  private final Path folder;

  BusyRegistryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void f17LeavesARegistryAloneAsLongAsItAsks() throws IOException {
    AtomicLong told = new AtomicLong();
    try (Stand stand = Stand.open(folder)) {
      Trick refuse =
          passage -> {
            passage.answer(tooMany("2"));
            told.set(System.nanoTime());
          };
      stand
          .proxy()
          .play(
              Rule.on("PUT", "/app-0/manifests/", Tricks.answer(tooMany("soon"))).times(1),
              Rule.on("PUT", "/app-2/manifests/", Tricks.answer(tooMany("date"))).times(1),
              Rule.on("PUT", "/app-4/manifests/", refuse).times(1));
      Sample sample = stand.sample(Size.of(6, 40));
      stand.start();

      Receipt receipt = stand.deliver(sample, State.DELIVERED);

      stand.assertWhole(sample);
      assertThat(receipt.targets().get(0).failures()).isEmpty();
      assertThat(stand.proxy().traffic().tricked()).isEqualTo(3);
      assertThat(silence(stand.proxy().seen(), told.get())).isGreaterThan(Duration.ofSeconds(1));
    }
  }

  private static Reply tooMany(String asked) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(3));
    return Answers.error(429, "TOOMANYREQUESTS", "slow down")
        .with("Retry-After: " + (asked.equals("date") ? date : asked));
  }

  /** The longest time without a request that began within a second after that moment. */
  private static Duration silence(List<Seen> seen, long moment) {
    long begin = moment;
    long longest = 0;
    for (Seen each : seen) {
      if (each.at() > moment && begin - moment < 1_000_000_000L) {
        longest = Math.max(longest, each.at() - begin);
        begin = each.at();
      }
    }
    return Duration.ofNanos(longest);
  }

  @Test
  void f17DeliversAllAfterAGatewayWasBusyForLong() throws IOException {
    Duration busy = Duration.ofSeconds(Size.of(4, 600));
    try (Stand stand = Stand.open(folder)) {
      long until = System.nanoTime() + busy.toNanos();
      Sample sample = stand.sample(Size.of(4, 40));
      List<Integer> statuses = List.of(502, 503, 504);
      stand
          .proxy()
          .play(
              Rule.when(
                  head -> System.nanoTime() < until,
                  passage ->
                      passage.answer(
                          Answers.page(statuses.get(passage.random().nextInt(3)), "Bad Gateway"))));
      stand.start();

      stand.give(sample);
      stand.site().await(sample.file(), State.DELIVERED, busy.plusSeconds(60));

      stand.assertWhole(sample);
    }
  }

  @Test
  void f18GivesUpOneImageOverWhichTheRegistryStumbles() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand
          .proxy()
          .play(
              Rule.on(
                  "PUT", "/app-1/manifests/", Tricks.answer(Answers.error(500, "UNKNOWN", ""))));
      Sample sample = stand.sample(Size.of(4, 40));
      stand.start();

      Receipt receipt = stand.deliver(sample, State.DELIVERED_WITH_FAILURES);

      assertThat(receipt.targets().get(0).failures())
          .allSatisfy(failure -> assertThat(failure.image()).contains("/app-1:"))
          .extracting(Receipt.FailureReport::code)
          .contains("RETRIES_EXHAUSTED");
      stand.assertNothingPartial();
    }
  }

  @Test
  void f18ParksARegistryThatStumblesOverAll() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(Rule.on("PUT|POST", "", Tricks.answer(Answers.error(500, "UNKNOWN", ""))));
      Sample sample = stand.sample(6);
      stand.start();

      stand.give(sample);
      stand.site().awaitCode(sample.file(), Code.REGISTRY_DOWN.name());
      stand.proxy().behave();

      assertThat(stand.await(sample, State.DELIVERED).targets().get(0).failures()).isEmpty();
      stand.assertWhole(sample);
    }
  }
}
