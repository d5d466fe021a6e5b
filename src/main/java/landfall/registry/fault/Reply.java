package landfall.registry.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an answer said, as far as the fault table looks at it.
 *
 * @param codes error codes of the registry's JSON body
 * @param text a short, cleaned excerpt of what it says
 * @param html whether it is a web page
 * @param challenged whether it says how to log in
 * @param away whether it points to another scheme, host or port
 */
public record Reply(
    int status,
    List<String> codes,
    String text,
    boolean html,
    boolean challenged,
    boolean away,
    Optional<Duration> retryAfter) {
  public Reply {
    codes = List.copyOf(codes);
  }

  /** There was none; {@code text} says what there was instead. */
  public static Reply none(String text) {
    return new Reply(0, List.of(), text, false, false, false, Optional.empty());
  }

  /** A bare status, nothing else worth saying. */
  public static Reply status(int status, String text, String... codes) {
    return new Reply(status, List.of(codes), text, false, false, false, Optional.empty());
  }

  /** The same, with nothing in it about how to log in. */
  public Reply unchallenged() {
    return new Reply(status, codes, text, html, false, away, retryAfter);
  }

  Reply adding(String note) {
    String both = text.isEmpty() ? note : text + "; " + note;
    return new Reply(status, codes, both, html, challenged, away, retryAfter);
  }
}
