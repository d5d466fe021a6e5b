package landfall.failure;

import java.util.List;

/** The environment is at fault: the delivery waits and goes on by itself. */
public final class Parked extends Failure {
  private static final long serialVersionUID = 1;

  public Parked(Code code, String sentence, String... evidence) {
    super(code, sentence, List.of(evidence), null);
  }

  public Parked(Code code, String sentence, List<String> evidence) {
    super(code, sentence, evidence, null);
  }

  public Parked(Code code, String sentence, List<String> evidence, Throwable cause) {
    super(code, sentence, evidence, cause);
  }

  public Parked(Code code, String sentence, Throwable cause) {
    super(code, sentence, List.of(), cause);
  }
}
