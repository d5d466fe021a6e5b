package landfall.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What many requests of one moment make of a password nobody has tried yet. */
@Timeout(30)
class ParallelLoginsTest {
  private static final int MANY = 8;
  private static final Duration SLOW = Duration.ofMillis(150);
  private static final String RIGHT = basic("right");

  private final Path folder;
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicInteger together = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  ParallelLoginsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(callers);
    server.start();
  }

  private enum Way {
    TOKEN,
    PASSWORD
  }

  @AfterEach
  void stop() {
    server.stop(0);
    callers.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void showsAWrongPasswordOneAtATime(Way way) throws Exception {
    try (HttpRegistry registry = registry(way, "wrong")) {
      List<Code> ends = ask(registry);
      ends.addAll(ask(registry));

      assertThat(ends).hasSize(2 * MANY).containsOnly(Code.REGISTRY_AUTH);
      assertThat(wrong.get()).isBetween(1, 3);
      assertThat(most).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsAPasswordAllAtOnceThatWasTakenOnce(Way way) throws Exception {
    try (HttpRegistry registry = registry(way, "right")) {
      assertThat(ask(registry)).isEmpty();
      assertThat(logins).hasValue(MANY);
      assertThat(most.get()).isGreaterThan(1);
    }
  }

  @Test
  void letsTheNextTryWhereTheFirstLearnsNothing() throws Exception {
    AtomicInteger stumbles = new AtomicInteger(2);
    try (HttpRegistry registry = registry(Way.TOKEN, "right")) {
      server.removeContext("/token");
      server.createContext(
          "/token",
          exchange -> {
            if (stumbles.getAndDecrement() > 0) {
              answer(exchange, 503, "");
            } else {
              answer(exchange, 200, "{\"token\": \"good\"}");
            }
          });

      assertThat(ask(registry)).isEmpty();
    }
  }

  private HttpRegistry registry(Way way, String password) throws IOException {
    String address = "127.0.0.1:" + server.getAddress().getPort();
    if (way == Way.TOKEN) {
      server.createContext("/token", exchange -> login(exchange, "{\"token\": \"good\"}"));
      String challenge = "Bearer realm=\"http://" + address + "/token\",service=\"site\"";
      server.createContext("/v2/", exchange -> enter(exchange, "Bearer good", challenge));
    } else {
      server.createContext("/v2/", exchange -> enter(exchange, "", "Basic realm=\"site\""));
    }
    Path file = folder.resolve("auth.json");
    String auth = basic(password).substring("Basic ".length());
    Files.writeString(file, "{\"auths\": {\"" + address + "\": {\"auth\": \"" + auth + "\"}}}");
    return HttpRegistry.open(Sites.plain(address, file));
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("ci:" + password).getBytes(UTF_8));
  }

  /** Asks for tags of many repositories at a time; returns how those ended that failed. */
  private List<Code> ask(HttpRegistry registry) throws Exception {
    List<Future<Optional<Code>>> calls = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      RepositoryName repository = new RepositoryName("lab/app-" + i);
      calls.add(callers.submit(() -> end(() -> registry.tagged(repository, new Tag("v1")))));
    }
    List<Code> ends = new ArrayList<>();
    for (Future<Optional<Code>> call : calls) {
      call.get().ifPresent(ends::add);
    }
    return ends;
  }

  private static Optional<Code> end(Runnable call) {
    try {
      call.run();
      return Optional.empty();
    } catch (Failure failure) {
      return Optional.of(failure.code());
    }
  }

  private void enter(HttpExchange exchange, String ticket, String challenge) throws IOException {
    String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (shown.equals(ticket)) {
      answer(exchange, 404, "");
      return;
    }
    exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
    if (shown.startsWith("Basic ")) {
      login(exchange, "");
    } else {
      answer(exchange, 401, "");
    }
  }

  private void login(HttpExchange exchange, String welcome) throws IOException {
    logins.incrementAndGet();
    most.accumulateAndGet(together.incrementAndGet(), Math::max);
    LockSupport.parkNanos(SLOW.toNanos());
    together.decrementAndGet();
    if (RIGHT.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, welcome.isEmpty() ? 404 : 200, welcome);
    } else {
      wrong.incrementAndGet();
      answer(exchange, 401, "");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
      exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
  }
}
