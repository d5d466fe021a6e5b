package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import landfall.campaign.Sample;
import landfall.failure.Code;
import landfall.fault.proxy.Answers;
import landfall.fault.proxy.Reply;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Tricks;
import landfall.ledger.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F14 and F19: something in front of the registry that takes no long bodies. */
class BodyLimitTest {
  private static final int LIMIT = 1 << 20;
  private static final int LARGEST_LAYER = 4 << 20;

  private final Path folder;

  BodyLimitTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Reply tooLarge() {
    return Answers.captured("nginx/too-large");
  }

  @Test
  void f14GoesOverToPiecesWhereEveryLongerBodyIsReset() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(Rule.onBlobBytes(Tricks.resetAfter(LIMIT)));
      Sample sample = stand.sample(Stand.SEED, Size.of(2, 20), LARGEST_LAYER);
      stand.start();

      stand.deliver(sample, State.DELIVERED);

      stand.assertWhole(sample);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void f19GoesOverToPiecesWhereLongBodiesAreRefusedEarly(boolean politely) throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(Rule.onBlobBytes(Tricks.cap(LIMIT, tooLarge(), politely)));
      Sample sample = stand.sample(Stand.SEED, Size.of(2, 20), LARGEST_LAYER);
      stand.start();

      stand.deliver(sample, State.DELIVERED);

      stand.assertWhole(sample);
    }
  }

  @Test
  void f19SendsNoPieceAgainThatABusyProxyLetThrough() throws IOException {
    int limit = 100_000;
    try (Stand stand = Stand.open(folder)) {
      stand
          .proxy()
          .play(
              Rule.on("PATCH", "", Tricks.answer(Answers.page(503, "busy"))).chance(0.2),
              Rule.onBlobBytes(Tricks.cap(limit, tooLarge(), true)));
      Sample sample = stand.sample(Stand.SEED, Size.of(2, 20), LARGEST_LAYER);
      stand.start();

      stand.deliver(sample, State.DELIVERED);

      stand.assertWhole(sample);
      assertThat(stand.cost(sample)).isLessThanOrEqualTo(1.5);
    }
  }

  @Test
  void f19ParksWhereNotEvenPiecesAreTaken() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(Rule.onBlobBytes(Tricks.cap(0, tooLarge(), true)));
      Sample sample = stand.sample(2);
      stand.start();

      stand.give(sample);

      stand.site().awaitCode(sample.file(), Code.PROXY_BODY_LIMIT.name());
      assertThat(stand.proxy().traffic().tricked()).isLessThan(40);
    }
  }
}
