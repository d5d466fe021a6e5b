package landfall.ledger;

import java.util.List;
import landfall.failure.Code;
import landfall.failure.Failure;

/**
 * Why a delivery or an image stands where it does.
 *
 * @param sentence one sentence for a person
 * @param next the next step a person takes
 * @param evidence facts for the reviewer, one a line
 */
public record Reason(Code code, String sentence, String next, List<String> evidence) {
  public Reason {
    evidence = List.copyOf(evidence);
  }

  public static Reason of(Failure failure) {
    return new Reason(
        failure.code(), failure.sentence(), failure.code().next(), failure.evidence());
  }
}
