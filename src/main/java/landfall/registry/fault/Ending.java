package landfall.registry.fault;

import java.util.List;
import landfall.failure.Code;
import landfall.failure.Consequence;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.failure.Rejected;

/** Words a fault nobody repeats any more as the failure its code asks for. */
final class Ending {
  private Ending() {}

  static Failure of(Code code, String phrase, Fault fault, List<String> evidence) {
    String sentence = phrase + ": " + fault.found();
    if (code.consequence() == Consequence.DEAD_LETTER) {
      return new ImageRefused(code, sentence, evidence);
    }
    if (code.consequence() == Consequence.QUARANTINE) {
      return new Rejected(code, sentence, evidence);
    }
    return new Parked(code, sentence, evidence);
  }

  /** For a question about the registry as a whole: no single thing can be at fault. */
  static Parked parked(String phrase, Fault fault, FaultTable.Verdict verdict) {
    Code end = verdict.remedy().end();
    Code code = end.consequence() == Consequence.PARK ? end : Code.REGISTRY_DOWN;
    return new Parked(code, phrase + ": " + fault.found(), row(verdict.row()));
  }

  static String row(int number) {
    return "row of the fault table: " + number;
  }
}
