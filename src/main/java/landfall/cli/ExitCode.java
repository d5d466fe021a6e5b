package landfall.cli;

import java.util.Collection;
import java.util.List;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Held;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.failure.Waiting;
import landfall.report.Receipt;

/** The exit codes, and which one counts when several archives give several. */
final class ExitCode {
  static final int DELIVERED = 0;
  static final int INTERNAL = 1;
  static final int USAGE = 2;
  static final int WITH_FAILURES = 3;
  static final int QUARANTINED = 4;
  static final int HELD = 5;
  static final int PARKED = 6;

  private static final List<Integer> WORST_FIRST =
      List.of(INTERNAL, USAGE, QUARANTINED, HELD, PARKED, WITH_FAILURES, DELIVERED);

  private ExitCode() {}

  static int worst(Collection<Integer> codes) {
    return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(DELIVERED);
  }

  /** Of a failure that ended a command itself. */
  static int of(Failure failure) {
    if (failure instanceof Parked) {
      return PARKED;
    }
    if (failure instanceof Held || failure instanceof Waiting) {
      return HELD;
    }
    return failure instanceof ImageRefused ? WITH_FAILURES : QUARANTINED;
  }

  static int of(Receipt receipt) {
    boolean defect =
        receipt.targets().stream().anyMatch(target -> target.code().equals(Code.INTERNAL.name()));
    return defect ? INTERNAL : receipt.result().exitCode();
  }
}
