package landfall.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The ledger cannot be worked with: it is damaged, lost, or of another Landfall. The message is one
 * sentence for a person.
 */
public final class LedgerFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final String REBUILD =
      "Stop Landfall and run: landfall rebuild (it keeps the old file and re-derives the ledger from"
          + " folders and registries)";

  /** What SQLite calls a file it cannot make sense of: SQLITE_CORRUPT, SQLITE_NOTADB. */
  private static final Set<Integer> DAMAGE = Set.of(11, 26);

  private final String next;
  private final boolean atWork;

  private LedgerFault(String sentence, String next, boolean atWork, Throwable cause) {
    super(sentence, cause);
    this.next = next;
    this.atWork = atWork;
  }

  private LedgerFault(String sentence, String next) {
    super(sentence);
    this.next = next;
    this.atWork = false;
  }

  /** Its own check found something. */
  public static LedgerFault damaged(Path file, String finding) {
    return new LedgerFault(file + " is damaged: " + finding, REBUILD);
  }

  /** An access to it failed in a way that only damage explains. */
  public static LedgerFault damaged(Path file, Throwable failed, boolean atWork) {
    String what = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    return new LedgerFault(file + " is damaged: " + what, REBUILD, atWork, failed);
  }

  /** The folders hold archives, and there is no ledger that knows them. */
  public static LedgerFault lost(Path file, String remains) {
    return new LedgerFault(
        file + " holds no ledger, although there is " + remains + "; nothing was changed",
        "Bring the file back (does 'state:' name the right folder?), or run: landfall rebuild");
  }

  /** Its schema is one this Landfall does not know. */
  public static LedgerFault newer(Path file, String version) {
    return new LedgerFault(
        file + " was written by a newer Landfall (it has schema " + version + ")",
        "Start the newer Landfall again, or put back a copy of the ledger that is older than it"
            + " (ledger-before-V*.db beside it).");
  }

  /** There is nothing in it, as when the first start was cut off while it was being made. */
  public static LedgerFault unfinished(Path file) {
    return new LedgerFault(
        file + " has nothing in it: it was begun and not finished",
        "Start the service once (landfall serve); it goes on from there, or says what is lost.");
  }

  /** Its schema is one that only who does the work may bring up to date. */
  public static LedgerFault older(Path file) {
    return new LedgerFault(
        file + " was written by an older Landfall and is not brought up to date yet",
        "Start the service once (landfall serve); it keeps a copy of the old ledger first.");
  }

  /** It is a database of something else. */
  public static LedgerFault foreign(Path file, Throwable failed) {
    String what = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    return new LedgerFault(file + " is no ledger of Landfall: " + what, REBUILD, false, failed);
  }

  /** Whether only damage explains a failure. */
  public static Optional<SQLException> damageIn(Throwable failure) {
    return sqlIn(failure, sql -> DAMAGE.contains(sql.getErrorCode()));
  }

  /** What the database said, if a failure is the database's. */
  public static Optional<SQLException> sqlIn(Throwable failure) {
    return sqlIn(failure, any -> true);
  }

  private static Optional<SQLException> sqlIn(Throwable failure, Predicate<SQLException> wanted) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && wanted.test(sql)) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  /** The next step a person takes. */
  public String next() {
    return next;
  }

  /** Whether it was met in the middle of work, not at the start. */
  public boolean atWork() {
    return atWork;
  }
}
