package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import landfall.campaign.Sample;
import landfall.campaign.Witness;
import landfall.failure.Code;
import landfall.fault.proxy.Passage;
import landfall.fault.proxy.Reply;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Seen;
import landfall.fault.proxy.Trick;
import landfall.fault.proxy.Tricks;
import landfall.ledger.DeliveryRow;
import landfall.ledger.State;
import landfall.report.Receipt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** F22 and figure 13: a registry that says it stored what it did not. */
@ExtendWith(Figures.class)
class LyingRegistryTest {
  private static final Set<State> ENDS =
      Set.of(State.PARKED, State.DELIVERED_WITH_FAILURES, State.DELIVERED);

  private final Path folder;

  LyingRegistryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What it lies about. */
  @SuppressWarnings("ImmutableEnumChecker") // tricks have no state
  private enum Lie {
    BLOB_DROPPED("PUT", "/blobs/uploads/", Tricks.answer(created())),
    BLOB_SAID_TO_BE_THERE("HEAD|GET", "/blobs/sha256", LyingRegistryTest::present),
    MANIFEST_DROPPED("PUT", "/manifests/sha256", Tricks.answer(created())),
    MANIFEST_ALTERED("GET", "/manifests/sha256", Tricks.altering(LyingRegistryTest::spaced)),
    MANIFEST_EMPTY("GET", "/manifests/sha256", Tricks.altering(body -> new byte[0])),
    MANIFEST_CUT("GET", "/manifests/sha256", Tricks.altering(body -> Arrays.copyOf(body, 100))),
    DIGEST_WRONG(
        "PUT",
        "/manifests/",
        Tricks.answering(head -> head.set("Docker-Content-Digest", "sha256:" + "0".repeat(64)))),
    TAG_DROPPED("PUT", "/manifests/made", Tricks.answer(created())),
    TAG_ELSEWHERE("PUT", "/manifests/made", Tricks.misleading(path -> path + "-elsewhere"));

    private final String method;
    private final String path;
    private final Trick trick;

    Lie(String method, String path, Trick trick) {
      this.method = method;
      this.path = path;
      this.trick = trick;
    }

    Rule of(int app) {
      return Rule.on(method, "/app-" + app + path, trick);
    }
  }

  /** The digest is only said; a manifest that is never taken as one can still be sent as a blob. */
  private static final Set<Lie> HARMLESS = EnumSet.of(Lie.DIGEST_WRONG, Lie.MANIFEST_DROPPED);

  private static Reply created() {
    return Reply.of(201, "", "Location: /v2/");
  }

  /**
   * Says that a blob is there that was never sent, of the size nobody told it; gives it, where
   * another lie has made its word count for nothing before.
   */
  private static void present(Passage passage) throws IOException {
    boolean asked = passage.request().word(0).equals("HEAD");
    passage.answer(asked ? Reply.of(200, "", "Content-Length: 1") : Reply.of(200, "x"));
  }

  private static byte[] spaced(byte[] body) {
    byte[] more = Arrays.copyOf(body, body.length + 1);
    more[body.length] = ' ';
    return more;
  }

  /** A tag that is lied about parks the target for a while; that is for the full size. */
  private static List<Lie> lies() {
    return Stream.of(Lie.values())
        .filter(lie -> Size.isFull() || !lie.path.endsWith("made"))
        .toList();
  }

  @Test
  void f22HealsEveryLieThatIsToldOnce() throws IOException {
    List<Lie> lies = lies();
    int images = Size.of(lies.size(), 200);
    try (Stand stand = Stand.open(folder)) {
      for (int app = 0; app < images; app++) {
        stand.proxy().play(lies.get(app % lies.size()).of(app).times(1));
      }
      Sample sample = stand.sample(images);
      stand.start();

      Receipt receipt = stand.deliver(sample, State.DELIVERED);

      List<String> problems = new Witness(stand.registry().address()).whole(List.of(sample));
      assertThat(problems).filteredOn(problem -> !problem.endsWith("-elsewhere")).isEmpty();
      assertThat(receipt.targets().get(0).failures()).isEmpty();
      long told = stand.proxy().traffic().tricked();
      Figures.add(
          "13",
          "lies about lost, altered, empty or misdirected content: all detected, none delivered",
          told + " lies of " + lies.size() + " kinds told, all healed; 0 reported as delivered",
          told,
          told == images);
      assertThat(told).isEqualTo(images);
    }
  }

  private static Stream<Lie> liesForEver() {
    return Size.isFull()
        ? Stream.of(Lie.values())
        : Stream.of(Lie.MANIFEST_DROPPED, Lie.MANIFEST_ALTERED, Lie.TAG_ELSEWHERE);
  }

  @ParameterizedTest
  @MethodSource("liesForEver")
  void f22ReportsNothingDeliveredThatIsLiedAboutForEver(Lie lie) throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(lie.of(0));
      Sample sample = stand.sample(2);
      stand.start();

      stand.give(sample);
      Awaitility.await("an end of " + lie)
          .atMost(Duration.ofSeconds(60))
          .until(() -> ENDS.contains(state(stand, sample)));

      if (HARMLESS.contains(lie)) {
        stand.assertWhole(sample);
      } else {
        assertThat(state(stand, sample)).isNotEqualTo(State.DELIVERED);
      }
      stand.assertNothingPartial();
      assertThat(stand.proxy().seen()).anyMatch(Seen::isTricked);
    }
  }

  @Test
  void f22RefusesOnlyTheImageWhoseManifestIsAlteredForEver() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(Lie.MANIFEST_ALTERED.of(0));
      Sample sample = stand.sample(3);
      stand.start();

      Receipt receipt = stand.deliver(sample, State.DELIVERED_WITH_FAILURES);

      assertThat(receipt.targets().get(0).failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.code()).isEqualTo("REGISTRY_ALTERED");
                assertThat(failure.image()).contains("/app-0");
                assertThat(failure.sentence())
                    .containsPattern(
                        "manifest sha256:\\w+ was stored, and read back there is sha256:\\w+");
              });
      assertThat(new Witness(stand.registry().address()).tags())
          .hasSize(sample.tags().size() - 1)
          .allSatisfy((tag, digest) -> assertThat(tag).doesNotContain("/app-0"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Lie.class,
      names = {"MANIFEST_EMPTY", "MANIFEST_CUT"})
  void f22ParksOnAManifestThatIsNotWholeForEver(Lie lie) throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(lie.of(0));
      Sample sample = stand.sample(1);
      stand.start();

      Receipt receipt = stand.deliver(sample, State.PARKED);

      assertThat(receipt.targets().get(0).code()).isEqualTo("REGISTRY_INCONSISTENT");
    }
  }

  private static State state(Stand stand, Sample sample) {
    return stand.site().latest(sample.file()).stream()
        .flatMap(row -> stand.site().deliveries(row).stream())
        .map(DeliveryRow::state)
        .findFirst()
        .orElse(State.WAITING);
  }

  @Test
  void f22ParksARegistryThatDropsEveryBlob() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(Rule.on("PUT", "/blobs/uploads/.*digest=", Tricks.answer(created())));
      Sample sample = stand.sample(6);
      stand.start();

      stand.give(sample);
      stand.site().awaitCode(sample.file(), Code.REGISTRY_INCONSISTENT.name());
      stand.proxy().behave();

      assertThat(stand.await(sample, State.DELIVERED).targets().get(0).failures()).isEmpty();
      stand.assertWhole(sample);
    }
  }

  @Test
  void f22BelievesNoDigestThatATagIsOnlySaidToHave() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand
          .proxy()
          .play(
              Rule.on("GET", "/app-0/manifests/made", Tricks.altering(LyingRegistryTest::spaced)));
      Sample sample = stand.sample(2);
      stand.start();

      stand.give(sample);
      stand.site().awaitCode(sample.file(), Code.REGISTRY_INCONSISTENT.name());
      stand.proxy().behave();

      stand.await(sample, State.DELIVERED);
      stand.assertWhole(sample);
    }
  }
}
