package landfall.failure;

import java.util.List;

/** The archive is damaged, hostile or against policy: it goes to quarantine. */
public final class Rejected extends Failure {
  private static final long serialVersionUID = 1;

  public Rejected(Code code, String sentence, String... evidence) {
    super(code, sentence, List.of(evidence), null);
  }

  public Rejected(Code code, String sentence, List<String> evidence) {
    super(code, sentence, evidence, null);
  }

  public Rejected(Code code, String sentence, Throwable cause) {
    super(code, sentence, List.of(), cause);
  }
}
