package landfall.registry.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import landfall.registry.auth.Secret;
import landfall.registry.fault.Fault;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Signal;

/**
 * Has credentials nobody knows to be good sent by one request at a time, so that a wrong password
 * is not counted against its account once for each request of the same moment.
 */
final class Trials {
  /** Whoever does not answer one of them in 60 s does not answer the next either. */
  private static final int LOOKS = 60;

  private final Logins logins;
  private final Map<Secret, ReentrantLock> turns = new ConcurrentHashMap<>();

  Trials(Logins logins) {
    this.logins = logins;
  }

  /** To be ended once it is known what became of the credentials. */
  @FunctionalInterface
  interface Trial {
    Trial NONE = () -> {};

    void end();
  }

  /** Begins at once with what is known to be good, and waits for its turn with all else. */
  Trial begin(Operation operation, Secret credential) throws RequestFault {
    if (logins.areGood(credential)) {
      return Trial.NONE;
    }
    ReentrantLock turn = turns.computeIfAbsent(credential, unknown -> new ReentrantLock());
    for (int looks = 0; looks < LOOKS; looks++) {
      boolean ours = await(turn);
      if (logins.areGood(credential)) {
        if (ours) {
          turn.unlock();
        }
        return Trial.NONE;
      }
      if (ours) {
        return turn::unlock;
      }
    }
    throw new RequestFault(
        Fault.of(
            operation,
            Signal.SILENT,
            "another request with the same credentials is still waiting for its answer"));
  }

  private static boolean await(ReentrantLock turn) {
    try {
      return turn.tryLock(1, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
