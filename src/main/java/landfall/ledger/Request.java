package landfall.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * Something a person asked of the process that holds the data folder.
 *
 * @param argument such as the reason of a discard
 * @param who the user who asked
 * @param answer empty until it was taken up; then {@code ok} or why not
 */
public record Request(
    String id,
    Kind kind,
    String archive,
    String argument,
    String who,
    Instant asked,
    Optional<String> answer) {

  /** The answer to a request that was carried out. */
  public static final String OK = "ok";

  /** What can be asked for. */
  public enum Kind {
    RETRY,
    RELEASE,
    DISCARD
  }
}
