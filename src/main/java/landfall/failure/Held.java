package landfall.failure;

import java.util.List;

/** Earlier content or an approval is missing: the delivery goes on when it has come. */
public final class Held extends Failure {
  private static final long serialVersionUID = 1;

  public Held(Code code, String sentence, String... evidence) {
    super(code, sentence, List.of(evidence), null);
  }

  public Held(Code code, String sentence, List<String> evidence) {
    super(code, sentence, evidence, null);
  }

  public Held(Code code, String sentence, Throwable cause) {
    super(code, sentence, List.of(), cause);
  }
}
