package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.campaign.Sample;
import landfall.campaign.Witness;
import landfall.fault.proxy.Answers;
import landfall.fault.proxy.Reply;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Seen;
import landfall.fault.proxy.Trick;
import landfall.fault.proxy.Tricks;
import landfall.ledger.Request;
import landfall.ledger.State;
import landfall.report.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figure 12: images that cannot be delivered cost no other image anything. */
@ExtendWith(Figures.class)
class IsolationTest {
  private final Path folder;

  IsolationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What is wrong with an image of the archive, and the code that says so. */
  private static final Map<Integer, Wrong> WRONG =
      new TreeMap<>(
          Map.of(
              0, wrong("PUT", "/manifests/", "RETRIES_EXHAUSTED", error(500, "UNKNOWN")),
              2, wrong("PUT", "/manifests/", "MEDIATYPE_REJECTED", error(415, "MANIFEST_INVALID")),
              3, wrong("PUT", "/manifests/", "MANIFEST_TOO_LARGE", error(413, "MANIFEST_INVALID")),
              6, wrong("PUT", "/manifests/made", "TAG_CONFLICT", error(409, "TAG_IMMUTABLE")),
              7, wrong("POST", "/blobs/", "NAME_REJECTED", error(400, "NAME_INVALID")),
              8, wrong("HEAD", "/blobs/", "REGISTRY_CORRUPT", longer()),
              10, wrong("PUT", "/manifests/", "REFERENCE_UNKNOWN", error(404, "BLOB_UNKNOWN"))));

  private record Wrong(String method, String path, String code, Trick trick) {}

  private static Wrong wrong(String method, String path, String code, Trick trick) {
    return new Wrong(method, path, code, trick);
  }

  private static Trick error(int status, String code) {
    return Tricks.answer(Answers.error(status, code, "no"));
  }

  private static Trick longer() {
    return Tricks.answer(Reply.of(200, "", "Content-Length: 7000000"));
  }

  @Test
  void f18DeadLettersSevenImagesForSevenReasonsAndDeliversTheOthers() throws IOException {
    int images = Size.of(16, 100);
    try (Stand stand = Stand.open(folder)) {
      WRONG.forEach(
          (number, wrong) ->
              stand
                  .proxy()
                  .play(Rule.on(wrong.method(), "/app-" + number + wrong.path(), wrong.trick())));
      Sample sample = stand.sample(images);
      stand.start();

      Receipt receipt = stand.deliver(sample, State.DELIVERED_WITH_FAILURES);

      Map<String, String> codes = new TreeMap<>();
      receipt
          .targets()
          .get(0)
          .failures()
          .forEach(failure -> codes.put(app(failure.image()), failure.code()));
      assertThat(codes).isEqualTo(expected());
      assertThat(new Witness(stand.registry().address()).tags())
          .hasSize(sample.tags().size() - WRONG.size());
      assertThat(outputs(stand.site().out("site").resolve("cluster-resources")))
          .filteredOn(IsolationTest::isWrong)
          .isEmpty();

      replay(stand, sample, receipt);
      Figures.add(
          "12",
          "7 permanent failures of 7 kinds: 7 dead letters with the right codes, a replay moves"
              + " only those",
          codes.size() + " dead letters " + codes.values() + ", the replay wrote to no other",
          images,
          true);
    }
  }

  /** F21, row 23: whether others take what they are sent is not known before they were tried. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void f21DeadLettersTheOneDeniedRepositoryThoughItComesFirst(int lanes) throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(Rule.on(".*", "/app-0/", Tricks.answer(Answers.denied("not yours"))));
      Sample sample = stand.sample(6);
      stand.start(Stand.target("site", stand.proxy().address(), Stand.open(), lanes));

      Receipt receipt = stand.deliver(sample, State.DELIVERED_WITH_FAILURES);

      assertThat(receipt.targets().get(0).failures())
          .extracting(failure -> app(failure.image()) + " " + failure.code())
          .containsExactly("app-0 REGISTRY_DENIED");
      assertThat(new Witness(stand.registry().address()).tags()).hasSize(sample.tags().size() - 1);
    }
  }

  @Test
  void f21ParksWhereNoRepositoryTakesAnything() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().play(Rule.on("POST", "", Tricks.answer(Answers.denied("not yours"))));
      Sample sample = stand.sample(2);
      stand.start();

      Receipt parked = stand.deliver(sample, State.PARKED);
      stand.proxy().behave();

      assertThat(parked.targets().get(0).code()).isEqualTo("REGISTRY_DENIED");
      assertThat(stand.await(sample, State.DELIVERED).targets().get(0).failures()).isEmpty();
      stand.assertWhole(sample);
    }
  }

  /** F21, row 23: who takes everything and gives nothing back has a policy for all. */
  @Test
  void f21ParksWhereAPolicyKeepsEverythingFromBeingPulled() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      Trick policy = Tricks.answer(Answers.captured("harbor/pull-policy"));
      stand.proxy().play(Rule.on("GET", "/manifests/sha256", policy));
      Sample sample = stand.sample(8);
      stand.start();

      stand.give(sample);
      stand.site().awaitCode(sample.file(), "REGISTRY_DENIED");
      stand.proxy().behave();

      assertThat(stand.await(sample, State.DELIVERED).targets().get(0).failures()).isEmpty();
      stand.assertWhole(sample);
    }
  }

  private static void replay(Stand stand, Sample sample, Receipt receipt) {
    stand.proxy().behave();
    stand.proxy().forget();
    String id = receipt.archive().id();
    stand.site().engine().ledger().requests().ask(Request.Kind.RETRY, id, "", "ops");
    stand.site().await(sample.file(), State.DELIVERED, Duration.ofSeconds(90));

    TreeSet<String> written =
        stand.proxy().seen().stream()
            .filter(Seen::writes)
            .map(seen -> app(seen.path()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(written).isSubsetOf(expected().keySet());
    stand.assertWhole(sample);
  }

  private static Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    WRONG.forEach((number, wrong) -> expected.put("app-" + number, wrong.code()));
    return expected;
  }

  private static String app(String path) {
    return path.replaceFirst(".*/(app-\\d+)[/:].*", "$1");
  }

  private static boolean isWrong(String line) {
    return WRONG.keySet().stream().anyMatch(app -> line.matches(".*/app-" + app + "\\b.*"));
  }

  private static List<String> outputs(Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(Files::isRegularFile).flatMap(IsolationTest::lines).toList();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
