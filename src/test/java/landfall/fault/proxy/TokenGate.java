package landfall.fault.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets only those through who show a token of its own that has not run out. */
public final class TokenGate {
  private final String address;
  private final String password;
  private final long life;
  private final Map<String, Long> given = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger stumbles = new AtomicInteger();

  /**
   * Prepares a gate.
   *
   * @param address of the proxy it stands in
   * @param password that gets a token, whoever the user is
   * @param life how long a token really lasts; it is said to last a minute
   */
  public TokenGate(String address, String password, Duration life) {
    this.address = address;
    this.password = password;
    this.life = life.toNanos();
  }

  /** Has no answer to the next so many questions for a token. */
  public void stumble(int times) {
    stumbles.set(times);
  }

  /** How often a token was asked for. */
  public int asked() {
    return asked.get();
  }

  /** How often a password was not right. */
  public int refused() {
    return refused.get();
  }

  public Rule[] rules() {
    return new Rule[] {
      Rule.on("GET|POST", "^/token", this::give),
      Rule.when(head -> !isValid(head), Tricks.answer(challenge()))
    };
  }

  private boolean isValid(Head head) {
    return head.field("authorization")
        .filter(word -> word.startsWith("Bearer "))
        .map(word -> given.get(word.substring("Bearer ".length())))
        .filter(until -> until - System.nanoTime() > 0)
        .isPresent();
  }

  private void give(Passage passage) throws IOException {
    int number = asked.incrementAndGet();
    if (stumbles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      passage.answer(Answers.page(503, "busy"));
    } else if (isRight(passage.request().field("authorization").orElse(""))) {
      String token = "token-" + number;
      given.put(token, System.nanoTime() + life);
      passage.answer(
          Reply.of(
              200,
              "{\"token\":\"" + token + "\",\"expires_in\":60}",
              "Content-Type: application/json"));
    } else {
      refused.incrementAndGet();
      passage.answer(Answers.error(401, "UNAUTHORIZED", "incorrect username or password"));
    }
  }

  private boolean isRight(String word) {
    if (!word.startsWith("Basic ")) {
      return false;
    }
    byte[] plain = Base64.getDecoder().decode(word.substring("Basic ".length()));
    return new String(plain, StandardCharsets.UTF_8).endsWith(":" + password);
  }

  private Reply challenge() {
    return Answers.error(401, "UNAUTHORIZED", "authentication required")
        .with("WWW-Authenticate: Bearer realm=\"http://" + address + "/token\",service=\"site\"");
  }
}
