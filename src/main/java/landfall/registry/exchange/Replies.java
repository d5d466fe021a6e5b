package landfall.registry.exchange;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import landfall.registry.auth.Challenge;
import landfall.registry.fault.Operation;
import landfall.registry.fault.Pause;
import landfall.registry.fault.Reply;
import landfall.registry.wire.Answer;
import landfall.registry.wire.Words;

/** Reads out of an answer what the fault table looks at, trusting none of it. */
public final class Replies {
  private static final int MOST_ERRORS = 8;
  private static final Pattern CODE = Pattern.compile("[A-Za-z_]{1,64}");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final JsonMapper JSON = new JsonMapper();

  private final Pause pause;

  public Replies(Pause pause) {
    this.pause = pause;
  }

  /** The reply in an answer that may point away from its registry. */
  Reply of(Operation operation, Answer answer, boolean away) {
    List<String> codes = new ArrayList<>();
    boolean html = isPage(operation, answer);
    String said = hasErrors(operation, answer) ? errors(answer, codes) : "";
    String text = html ? Words.clean(TAG.matcher(said).replaceAll(" ")) : said;
    return new Reply(
        answer.status(),
        codes,
        away ? pointing(answer) : text,
        html,
        Challenge.parse(answer.headers("WWW-Authenticate")).isPresent(),
        away,
        answer.header("Retry-After").flatMap(this::retryAfter));
  }

  /**
   * Quay calls HTML whatever it does not call otherwise: the nothing it says to an upload, and the
   * {@code true} that says it is there.
   */
  private static boolean isPage(Operation operation, Answer answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8).stripLeading();
    boolean asked = operation.method().equals("GET") || operation.method().equals("HEAD");
    return answer.mediaType().equals("text/html")
        && (text.startsWith("<") || (asked && !text.startsWith("true")));
  }

  /** A manifest or blob may be any JSON; all else is read for errors, whatever its status. */
  private static boolean hasErrors(Operation operation, Answer answer) {
    boolean content =
        operation == Operation.MANIFEST_GET
            || operation == Operation.BLOB_PEEK
            || operation == Operation.TOKEN;
    boolean good = answer.status() == 200 || answer.status() == 206;
    return answer.body().length > 0 && !(content && good);
  }

  private static String pointing(Answer answer) {
    String there = answer.header("Location").orElse("");
    // what follows may be a signature somebody could use
    return "it points to " + Words.clean(there.replaceFirst("[?#].*", "")) + ", which is elsewhere";
  }

  private static String errors(Answer answer, List<String> codes) {
    byte[] body = answer.body();
    try {
      JsonNode errors = JSON.readTree(body).path("errors");
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < Math.min(errors.size(), MOST_ERRORS); i++) {
        JsonNode error = errors.path(i);
        String code = error.path("code").asText("");
        if (CODE.matcher(code).matches()) {
          codes.add(code);
        }
        text.append(error.path("message").asText("")).append(' ');
        text.append(detail(error.path("detail"))).append(' ');
      }
      return errors.isMissingNode() ? Words.clean(body) : Words.clean(text.toString());
    } catch (JacksonException notJson) {
      return Words.clean(body);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String detail(JsonNode detail) {
    return detail.isMissingNode() || detail.isNull() ? "" : detail.toString();
  }

  private Optional<Duration> retryAfter(String header) {
    String text = header.strip();
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      ZonedDateTime then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(pause.now(), then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }
}
