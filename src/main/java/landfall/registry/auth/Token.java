package landfall.registry.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A token as its server gave it, and for how long it is worth sending. */
public record Token(Secret bearer, Duration life) {
  private static final Duration SHORTEST = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern GRAMMAR = Pattern.compile("[\\x21-\\x7e]+");
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(50)
                      .maxStringLength(1 << 20)
                      .build())
              .build());

  /** Reads a token server's answer; empty when there is no usable token in it. */
  public static Optional<Token> parse(byte[] answer) {
    try {
      JsonNode json = JSON.readTree(answer);
      String text = json.path("token").asText(json.path("access_token").asText(""));
      String either = text.isEmpty() ? json.path("access_token").asText("") : text;
      return GRAMMAR.matcher(either).matches()
          ? Optional.of(new Token(new Secret("Bearer " + either), life(json)))
          : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private static Duration life(JsonNode json) {
    long seconds = json.path("expires_in").asLong(SHORTEST.toSeconds());
    long bounded = Math.min(LONGEST.toSeconds(), Math.max(SHORTEST.toSeconds(), seconds));
    return Duration.ofSeconds(bounded);
  }
}
