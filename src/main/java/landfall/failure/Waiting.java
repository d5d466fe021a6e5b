package landfall.failure;

import java.util.List;

/** The input is not complete yet: it stays in the drop and is looked at again. */
public final class Waiting extends Failure {
  private static final long serialVersionUID = 1;

  public Waiting(Code code, String sentence, String... evidence) {
    super(code, sentence, List.of(evidence), null);
  }

  public Waiting(Code code, String sentence, List<String> evidence) {
    super(code, sentence, evidence, null);
  }

  public Waiting(Code code, String sentence, Throwable cause) {
    super(code, sentence, List.of(), cause);
  }
}
