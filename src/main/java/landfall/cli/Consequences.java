package landfall.cli;

import landfall.failure.Failure;
import landfall.failure.Held;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.failure.Waiting;

/** The exit code of a failure that ended a command itself. */
final class Consequences {
  private Consequences() {}

  static int exitCode(Failure failure) {
    if (failure instanceof Parked) {
      return ExitCode.PARKED;
    }
    if (failure instanceof Held || failure instanceof Waiting) {
      return ExitCode.HELD;
    }
    return failure instanceof ImageRefused ? ExitCode.WITH_FAILURES : ExitCode.QUARANTINED;
  }
}
