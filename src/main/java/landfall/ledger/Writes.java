package landfall.ledger;

import landfall.crash.CrashPoint;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;

/**
 * The way every change gets into the ledger: in a transaction that is on disk when it returns.
 *
 * <p>A change within a change belongs to it: all of them are written, or none.
 */
final class Writes {
  private final Access jdbi;

  Writes(Access jdbi) {
    this.jdbi = jdbi;
  }

  /** Changes something; the name is that of the crash points around it. */
  void run(String name, HandleConsumer<RuntimeException> change) {
    get(
        name,
        handle -> {
          change.useHandle(handle);
          return true;
        });
  }

  /** Changes something and tells what it found. */
  <T> T get(String name, HandleCallback<T, RuntimeException> change) {
    CrashPoint.pass("ledger." + name + ".before");
    T found = jdbi.inTransaction(change);
    CrashPoint.pass("ledger." + name + ".after");
    return found;
  }

  /** One statement. */
  void execute(String name, String sql, Object... arguments) {
    run(name, handle -> handle.execute(sql, arguments));
  }
}
