package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.fake.DebianRegistry;
import landfall.fault.proxy.Answers;
import landfall.fault.proxy.Decoy;
import landfall.fault.proxy.FaultProxy;
import landfall.fault.proxy.Reply;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.TokenGate;
import landfall.fault.proxy.Tricks;
import landfall.registry.Registry;
import landfall.registry.Sites;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F25 to F27 and figure 19: answers that point to somebody Landfall was never told of. */
@ExtendWith(Figures.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EgressTest {
  private static final String CANARY = "canary-7f3a";
  private static final List<String> ELSEWHERE =
      List.of(
          "http://DECOY/x",
          "https://DECOY/x",
          "//DECOY/x",
          "http://NEXT/x",
          "http://pusher:word@PROXY/x",
          "http://DECOY\\@PROXY/x",
          "http://169.254.169.254/latest/meta-data/",
          "file:///etc/passwd");

  private final Path folder;
  private final DebianRegistry registry;
  private final FaultProxy proxy;
  private final Decoy stranger;
  private final Decoy neighbour;
  private final long straysBefore = Namespace.strays();
  private int cases;
  private int layer = 30_000;

  EgressTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.registry = DebianRegistry.start(folder);
    this.proxy = FaultProxy.before(Stand.port(registry));
    this.stranger = Decoy.elsewhere();
    this.neighbour = Decoy.nextDoor();
  }

  @BeforeEach
  void forget() throws IOException {
    proxy.reset();
  }

  @AfterAll
  void summarize() throws IOException {
    boolean alone = Namespace.isAlone();
    long strays = alone ? Namespace.strays() - straysBefore : 0;
    String elsewhere = alone ? strays + " attempts to leave the namespace" : "with a network";
    Figures.add(
        "19",
        "no connection and no credential to any host not configured",
        (stranger.heard().size() + neighbour.heard().size())
            + " connections at two decoys, "
            + elsewhere,
        cases,
        stranger.heard().isEmpty() && neighbour.heard().isEmpty() && strays == 0);
    Stream.of(stranger, neighbour).forEach(Decoy::close);
    proxy.close();
    registry.close();
    assertThat(strays).isZero();
  }

  /** Pushes an image with a login; says how it ended. */
  private Throwable push(Rule... rules) throws IOException {
    cases++;
    proxy.play(
        Rule.when(
            head -> head.field("authorization").isEmpty(), Tricks.answer(Answers.unauthorized())));
    return pushWith(rules);
  }

  private Throwable pushWith(Rule... rules) throws IOException {
    proxy.play(rules);
    Path authfile = Cargo.login(folder, proxy.address(), CANARY);
    try (Registry pushed = Sites.open(Sites.plain(proxy.address(), authfile))) {
      return catchThrowable(() -> Cargo.of(layer++).push(pushed));
    } finally {
      assertThat(stranger.heard()).isEmpty();
      assertThat(neighbour.heard()).isEmpty();
    }
  }

  private String place(String text) {
    return text.replace("DECOY", stranger.address())
        .replace("NEXT", neighbour.address())
        .replace("PROXY", proxy.address());
  }

  private static Stream<List<String>> redirects() {
    List<List<String>> all = new ArrayList<>();
    int next = 0;
    for (String request :
        List.of(
            "GET /v2/$",
            "HEAD /blobs/sha256",
            "POST mount=",
            "POST /blobs/uploads/$",
            "PUT /blobs/uploads/",
            "PUT /manifests/sha256",
            "GET /manifests/sha256",
            "HEAD /manifests/v1")) {
      for (String status : List.of("301", "302", "303", "307", "308")) {
        for (int each = 0; each < Size.of(1, ELSEWHERE.size()); each++) {
          all.add(List.of(request, status, ELSEWHERE.get(next++ % ELSEWHERE.size())));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void f26FollowsNoRedirectToAnybodyElse(List<String> redirect) throws IOException {
    String[] request = redirect.get(0).split(" ", 2);
    Reply away =
        Reply.of(Integer.parseInt(redirect.get(1)), "", "Location: " + place(redirect.get(2)));

    Throwable thrown = push(Rule.on(request[0], request[1], Tricks.answer(away)));

    boolean storage = request[0].equals("HEAD") && request[1].startsWith("/blobs");
    assertThat(storage || thrown instanceof Failure).as(String.valueOf(thrown)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://DECOY/x, REGISTRY_MISCONFIGURED",
    "https://DECOY/x, REGISTRY_MISCONFIGURED",
    "//DECOY/x, REGISTRY_MISCONFIGURED",
    "http://NEXT/x, REGISTRY_MISCONFIGURED",
    "http://pusher:word@PROXY/x, REGISTRY_MISCONFIGURED",
    "http://DECOY\\@PROXY/x, REGISTRY_MISCONFIGURED",
    "http://169.254.169.254/x, REGISTRY_MISCONFIGURED",
    "http://PROXY/a b, REGISTRY_MISCONFIGURED",
    "'', REGISTRY_MISCONFIGURED",
  })
  void f25SendsNoBlobToASessionElsewhere(String location, Code code) throws IOException {
    Throwable thrown =
        push(
            Rule.on(
                "POST",
                "/blobs/uploads/",
                Tricks.answering(
                    answer ->
                        location.isEmpty()
                            ? answer.drop("Location")
                            : answer.set("Location", place(location)))));

    assertThat(thrown).isInstanceOf(Failure.class);
    assertThat(((Failure) thrown).code()).isEqualTo(code);
  }

  @Test
  void f25ChoosesNoneOfTwoLocations() throws IOException {
    Throwable thrown =
        push(
            Rule.on(
                "POST",
                "/blobs/uploads/",
                Tricks.answering(answer -> answer.with("Location: " + place("http://DECOY/x")))));

    assertThat(thrown).isInstanceOf(Failure.class);
    assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_MISCONFIGURED);
  }

  @Test
  void f25GoesToARelativeSessionAsItIsNamed() throws IOException {
    Throwable thrown =
        push(
            Rule.on(
                "POST",
                "/blobs/uploads/",
                Tricks.answering(
                    answer ->
                        answer.set(
                            "Location",
                            answer
                                .field("location")
                                .orElseThrow()
                                .replaceFirst("http://[^/]+", "")))));

    assertThat(thrown).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://DECOY/token",
        "file:///etc/passwd",
        "http://pusher:word@DECOY/token",
        "http://169.254.169.254/token",
        "//DECOY/token",
        "http://DECOY\\@PROXY/token",
        "::"
      })
  void f27SendsNoPasswordToAnUnfitTokenServer(String realm) throws IOException {
    cases++;
    Reply challenge =
        Answers.error(401, "UNAUTHORIZED", "who?")
            .with("WWW-Authenticate: Bearer realm=\"" + place(realm) + "\",service=\"site\"");

    Throwable thrown = pushWith(Rule.on(".*", "", Tricks.answer(challenge)));

    assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_AUTH);
  }

  @Test
  void f27SendsNoPasswordToATokenServerOnAnotherHost() throws IOException {
    f27SendsNoPasswordToAnUnfitTokenServer("http://DECOY/token");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void f27FollowsNoTokenServerElsewhere(int status) throws IOException {
    cases++;
    Reply away = Reply.of(status, "", "Location: " + place("http://DECOY/token"));
    TokenGate gate = new TokenGate(proxy.address(), CANARY, Duration.ofMinutes(1));

    Throwable thrown = pushWith(Rule.on("GET", "^/token", Tricks.answer(away)), gate.rules()[1]);

    assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_MISCONFIGURED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"huge", "two\\r\\nX-Injected: lines", ""})
  void f27TakesNoStrangeToken(String token) throws IOException {
    cases++;
    String given = token.equals("huge") ? "t".repeat(10 << 20) : token;
    TokenGate gate = new TokenGate(proxy.address(), CANARY, Duration.ofMinutes(1));

    Throwable thrown =
        pushWith(
            Rule.on(
                "GET", "^/token", Tricks.answer(Reply.of(200, "{\"token\":\"" + given + "\"}"))),
            gate.rules()[1]);

    assertThat(((Failure) thrown).code()).as(thrown.getMessage()).isEqualTo(Code.REGISTRY_AUTH);
    assertThat(proxy.seen().size()).isLessThan(8);
  }

  @Test
  void noFailureTellsThePassword() throws IOException {
    Throwable thrown =
        push(Rule.on("POST", "", Tricks.answer(Answers.denied("no, " + word(CANARY)))));

    assertThat(thrown.getMessage()).doesNotContain(CANARY);
  }

  /** What a hostile registry could echo. */
  private static String word(String password) {
    return Base64.getEncoder()
        .encodeToString(("pusher:" + password).getBytes(StandardCharsets.UTF_8));
  }
}
