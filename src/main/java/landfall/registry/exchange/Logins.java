package landfall.registry.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import landfall.registry.auth.Secret;
import landfall.registry.fault.Pause;

/**
 * What became of credentials that were sent. Refused ones are sent again only after a while, for
 * some sites lock an account after a few wrong passwords; others from a corrected file are sent at
 * once.
 */
final class Logins {
  /** The second one tells that the first was no passing weakness of the registry. */
  private static final int ENOUGH = 2;

  private static final Duration WHILE = Duration.ofMinutes(5);

  /** A password that was right is taken to be right for so long. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Pause pause;
  private final Map<Secret, Refused> refused = new HashMap<>();
  private final Map<Secret, Long> taken = new HashMap<>();

  Logins(Pause pause) {
    this.pause = pause;
  }

  private record Refused(int times, long last) {}

  synchronized void refused(Secret credential) {
    int before = Optional.ofNullable(refused.get(credential)).map(Refused::times).orElse(0);
    refused.put(credential, new Refused(before + 1, pause.nanos()));
    taken.remove(credential);
  }

  /** They were taken, so earlier refusals mean nothing. */
  synchronized void taken(Secret credential) {
    refused.remove(credential);
    taken.put(credential, pause.nanos());
  }

  /** Whether they are known to be good. */
  synchronized boolean areGood(Secret credential) {
    return taken.containsKey(credential) && pause.nanos() - taken.get(credential) < FRESH.toNanos();
  }

  /** Whether they had better not be sent now. */
  synchronized boolean forbid(Secret credential) {
    Refused known = refused.get(credential);
    return known != null
        && known.times() >= ENOUGH
        && pause.nanos() - known.last() < WHILE.toNanos();
  }
}
