package landfall.failure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something did not go on. Its type is the consequence; routes decide by type, people read the
 * sentence.
 */
public abstract sealed class Failure extends RuntimeException
    permits Rejected, Parked, Held, Waiting, ImageRefused {
  private static final long serialVersionUID = 1;

  private final Code code;
  private final transient List<String> evidence;

  Failure(Code code, String sentence, List<String> evidence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.code = code;
    this.evidence = List.copyOf(evidence);
  }

  public Code code() {
    return code;
  }

  /** One sentence: the thing, what was found, what was expected. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** Facts for the reviewer, one a line: offsets, expected and found values. */
  public List<String> evidence() {
    return evidence;
  }
}
