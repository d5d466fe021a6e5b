package landfall.registry.fault;

import java.util.ArrayList;
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

  static Failure of(Code code, Step<?> step, Fault fault, List<String> found) {
    String sentence = step.phrase() + ": " + fault.found();
    List<String> evidence = new ArrayList<>(found);
    WriteFault.of(code, step).map(WriteFault::evidence).ifPresent(evidence::add);
    if (code.consequence() == Consequence.DEAD_LETTER) {
      return new ImageRefused(code, sentence, evidence);
    }
    if (code.consequence() == Consequence.QUARANTINE) {
      return new Rejected(code, sentence, evidence);
    }
    return new Parked(code, sentence, evidence);
  }

  /** Of a single try: a question about the registry as a whole has no single thing at fault. */
  static Failure of(Step<?> step, Fault fault, FaultTable.Verdict verdict) {
    Code end = verdict.remedy().end();
    boolean known = step.repository().isPresent() || end.consequence() == Consequence.PARK;
    return of(known ? end : Code.REGISTRY_DOWN, step, fault, List.of(row(verdict.row())));
  }

  static String row(int number) {
    return "row of the fault table: " + number;
  }
}
