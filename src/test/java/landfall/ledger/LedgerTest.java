package landfall.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import landfall.archive.ArchiveFile;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.image.Digest;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.ImageRow.Moved;
import landfall.ledger.ImageRow.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T17:20:00Z");
  private static final Digest DIGEST = new Digest("a".repeat(64));

  private final Path state;
  private Ledger ledger;

  LedgerTest(@TempDir Path state) {
    this.state = state;
    this.ledger = open(NOW);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void keepsEverythingItIsTold() {
    ArchiveRow archive = add("one");
    ledger.archives().identify("one", DIGEST);
    ledger.archives().describe("one", Optional.of("v5.1"), true);
    reopen(NOW);

    ArchiveRow read = ledger.archives().byId("one").orElseThrow();

    assertThat(read.files()).isEqualTo(archive.files());
    assertThat(read.identity()).contains(DIGEST);
    assertThat(read.producer()).contains("v5.1");
    assertThat(read.differential()).isTrue();
    assertThat(read.finished()).isEmpty();
    assertThat(ledger.archives().byPrefix("aaaa")).hasSize(1);
    assertThat(ledger.archives().byPrefix("on")).hasSize(1);
    assertThat(ledger.archives().byPrefix("%")).isEmpty();
    assertThat(ledger.archives().byPrefix("o_e")).isEmpty();
    assertThat(ledger.archives().byPrefix("two")).isEmpty();
  }

  @Test
  void findsAnArchiveByAnIdThatHoldsAWildcard() {
    add("20261124T1720-mirror_000001-9f3a");
    add("20261124T1720-mirrorx000001-9f3a");

    assertThat(ledger.archives().byPrefix("20261124T1720-mirror_000001-9f3a"))
        .extracting(ArchiveRow::id)
        .containsExactly("20261124T1720-mirror_000001-9f3a");
  }

  @Test
  void keepsAMoveThatItCouldNotWrite() {
    Reason full = new Reason(Code.LOCAL_DISK_FULL, "the disk is full", "free some", List.of());
    ledger.close();

    ledger.unwritten().move(new Delivery("one", List.of("site")), State.PARKED, full);
    ledger.unwritten().settle();

    assertThat(ledger.unwritten().reason("one", "site")).contains(full);
    assertThat(ledger.unwritten().reason("one", "other")).isEmpty();
  }

  @Test
  void addsAnArchiveWithItsDeliveriesOrNotAtAll() {
    ledger.add(row("one"), Map.of("site", "host:1"), Optional.empty());
    Map<String, String> failing =
        new TreeMap<>() {
          @Override
          public void forEach(BiConsumer<? super String, ? super String> each) {
            throw new IllegalStateException("between the rows");
          }
        };

    assertThatThrownBy(() -> ledger.add(row("two"), failing, Optional.empty()))
        .hasMessage("between the rows");

    assertThat(ledger.deliveries().of("one")).hasSize(1);
    assertThat(ledger.archives().byId("two")).isEmpty();
  }

  private record Delivery(String archive, List<String> targets) implements Work {}

  @Test
  void givesTheArchiveThatCameFirstWithAllItsRunnableDeliveries() {
    add("one");
    add("two");
    ledger.deliveries().resume("two", List.of("a", "b"), "test");
    ledger.deliveries().resume("one", List.of("a", "b"), "test");

    List<DeliveryRow> taken = ledger.deliveries().take(2, id -> true);

    assertThat(taken).extracting(DeliveryRow::archive).containsExactly("one", "one");
    assertThat(ledger.deliveries().take(2, id -> !id.equals("two"))).isEmpty();
    assertThat(ledger.deliveries().take(2, id -> true))
        .extracting(DeliveryRow::archive)
        .containsOnly("two");
    assertThat(ledger.deliveries().take(2, id -> true)).isEmpty();
  }

  @Test
  void aTargetThatHasEnoughToDoKeepsNoOtherWaiting() {
    List.of("one", "two", "three").forEach(this::add);
    for (String archive : List.of("one", "two")) {
      ledger.deliveries().resume(archive, List.of("a"), "test");
      ledger.deliveries().take(2, id -> true);
      ledger.deliveries().step(archive, List.of("a"), Step.PUSH);
    }

    ledger.deliveries().resume("three", List.of("a", "b"), "test");

    assertThat(ledger.deliveries().take(2, id -> true))
        .extracting(DeliveryRow::archive, DeliveryRow::target)
        .containsExactly(tuple("three", "b"));
  }

  @Test
  void writesChangesThatBelongTogetherOrNone() {
    add("one");

    assertThatThrownBy(
            () ->
                ledger.together(
                    () -> {
                      ledger.deliveries().resume("one", List.of("a"), "test");
                      ledger.events().add("one", "ops", "RETRY", "why");
                      throw new IllegalStateException("cut off");
                    }))
        .hasMessage("cut off");

    assertThat(ledger.deliveries().in(State.RUNNABLE)).isEmpty();
    assertThat(ledger.events().of("one"))
        .extracting(Event::what)
        .containsExactly("ARRIVED", "ARRIVED");
  }

  @Test
  void waitingIsNotShortenedByAClockThatJumps() {
    add("one");
    ledger.archives().finish("one");
    assertThat(ledger.archives().finishedFor(Duration.ZERO)).hasSize(1);

    reopen(NOW.plus(Duration.ofDays(365)));

    assertThat(ledger.archives().age("one")).isLessThan(Duration.ofHours(1));
    assertThat(ledger.archives().finishedFor(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void ordersRequestsAsTheyWereMadeWhateverTheClockSays() {
    String first = ledger.requests().ask(Request.Kind.RETRY, "one", "", "ops");
    reopen(NOW.minus(Duration.ofDays(1)));

    String second = ledger.requests().ask(Request.Kind.DISCARD, "one", "", "ops");

    assertThat(ledger.requests().open()).extracting(Request::id).containsExactly(first, second);
  }

  @Test
  void makesWhatWasRunningRunnableAfterARestart() {
    add("one");
    ledger.deliveries().resume("one", List.of("a"), "test");
    ledger.deliveries().take(2, id -> true);
    reopen(NOW);

    ledger.deliveries().recover();

    assertThat(ledger.deliveries().take(2, id -> true)).hasSize(1);
  }

  @Test
  void remembersSinceWhenAFaultLasts() {
    add("one");
    Optional<Reason> down = Optional.of(Reason.of(new Parked(Code.REGISTRY_DOWN, "away")));
    ledger.deliveries().move("one", List.of("a"), State.PARKED, down);
    ledger.deliveries().resume("one", List.of("a"), "test");
    reopen(NOW.plusSeconds(600));

    ledger.deliveries().move("one", List.of("a"), State.PARKED, down);

    assertThat(ledger.deliveries().find("one", "a"))
        .hasValueSatisfying(delivery -> assertThat(delivery.since()).isEqualTo(NOW));
  }

  @Test
  void writesAnEventForEachChange() {
    add("one");
    ledger
        .deliveries()
        .move(
            "one",
            List.of("a"),
            State.PARKED,
            Optional.of(Reason.of(new Parked(Code.REGISTRY_DOWN, "away"))));

    assertThat(ledger.events().of("one"))
        .extracting(Event::what)
        .containsExactly("ARRIVED", "ARRIVED", "PARKED");
  }

  @Test
  void addsUpWhatSeveralTriesOfAnImageMoved() {
    add("one");
    ledger.images().record(image(Fate.PUSHED, new Moved(100, 0, 0)));

    ledger.images().record(image(Fate.ALREADY_THERE, new Moved(0, 0, 100)));

    assertThat(ledger.images().of("one", "a"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.fate()).isEqualTo(Fate.PUSHED);
              assertThat(row.moved()).isEqualTo(new Moved(100, 0, 0));
              assertThat(row.origins()).hasSize(2);
            });
  }

  @Test
  void answersRequestsOnce() {
    String id = ledger.requests().ask(Request.Kind.RETRY, "one", "", "ops");
    assertThat(ledger.requests().open()).hasSize(1);

    ledger.requests().answer(id, "ok");

    assertThat(ledger.requests().open()).isEmpty();
    assertThat(ledger.requests().byId(id).flatMap(Request::answer)).contains("ok");
  }

  @Test
  void tellsWhatTagsWereBroughtToInThatOrder() {
    Digest other = new Digest("b".repeat(64));
    List.of("one", "two", "again", "left").forEach(this::add);
    ledger.archives().identify("one", DIGEST);
    ledger.archives().identify("again", DIGEST);
    ledger.images().record(tagged("two", "a", other, Fate.PUSHED));
    ledger.images().record(tagged("one", "b", DIGEST, Fate.ALREADY_THERE));
    ledger.images().record(tagged("two", "a", other, Fate.ALREADY_THERE));
    ledger.images().record(tagged("two", "b", other, Fate.DEAD_LETTERED));
    ledger.images().record(tagged("again", "a", DIGEST, Fate.PUSHED));
    ledger.images().record(tagged("left", "a", other, Fate.SUPERSEDED));
    ledger.images().record(tagged("one", "b", DIGEST, Fate.SUPERSEDED));

    assertThat(ledger.tags().of("host", List.of("lab/app:v1", "lab/other:v1")))
        .containsExactly(
            new Tags.Tagged("lab/app:v1", other, "two"),
            new Tags.Tagged("lab/app:v1", DIGEST, "one"));
    assertThat(ledger.tags().of("hos", List.of("lab/app:v1"))).isEmpty();
    assertThat(ledger.tags().of("host", List.of())).isEmpty();
    assertThat(ledger.images().deliveredTo("b")).isEmpty();
  }

  private static ImageRow tagged(String archive, String target, Digest digest, Fate fate) {
    return new ImageRow(
        archive,
        target,
        "lab/app:v1",
        List.of(new Origin("additional", "quay.io/lab/app:v1")),
        Optional.of(digest),
        fate,
        Optional.empty(),
        Moved.NOTHING);
  }

  private static ImageRow image(Fate fate, Moved moved) {
    return new ImageRow(
        "one",
        "a",
        "lab/app:v1",
        List.of(new Origin("additional", "quay.io/lab/app:v1"), new Origin("helm", "x/app:v1")),
        Optional.of(DIGEST),
        fate,
        Optional.empty(),
        moved);
  }

  private ArchiveRow add(String id) {
    ArchiveRow row = row(id);
    ledger.add(row, Map.of("a", "host/a", "b", "host/b"), Optional.empty());
    return row;
  }

  private static ArchiveRow row(String id) {
    return new ArchiveRow(
        id,
        0,
        id + ".tar",
        Path.of("/drop", id + ".tar"),
        List.of(new ArchiveFile(Path.of("/drop", id + ".tar"), 10, 20, 30, "(dev=1,ino=2)")),
        false,
        false,
        "{}",
        Optional.empty(),
        Optional.empty(),
        false,
        NOW,
        Optional.empty());
  }

  private void reopen(Instant now) {
    ledger.close();
    ledger = open(now);
  }

  private Ledger open(Instant now) {
    return Ledger.open(state, Clock.fixed(now, ZoneOffset.UTC));
  }
}
