package landfall.failure;

import java.util.List;

/** One image cannot be delivered: it is dead-lettered and its siblings go on. */
public final class ImageRefused extends Failure {
  private static final long serialVersionUID = 1;

  public ImageRefused(Code code, String sentence, String... evidence) {
    super(code, sentence, List.of(evidence), null);
  }

  public ImageRefused(Code code, String sentence, List<String> evidence) {
    super(code, sentence, evidence, null);
  }

  public ImageRefused(Code code, String sentence, Throwable cause) {
    super(code, sentence, List.of(), cause);
  }
}
