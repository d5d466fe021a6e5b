package landfall.registry.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import landfall.registry.auth.Secret;
import landfall.registry.fault.Pause;

/**
 * Credentials a registry did not take. They are sent again only after a while, for some sites lock
 * an account after a few wrong passwords; others from a corrected file are sent at once.
 */
final class Refusals {
  /** The second one tells that the first was no passing weakness of the registry. */
  private static final int ENOUGH = 2;

  private static final Duration WHILE = Duration.ofMinutes(5);

  private final Pause pause;
  private final Map<Secret, Refused> refused = new HashMap<>();

  Refusals(Pause pause) {
    this.pause = pause;
  }

  private record Refused(int times, long last) {}

  synchronized void add(Secret credential) {
    int before = Optional.ofNullable(refused.get(credential)).map(Refused::times).orElse(0);
    refused.put(credential, new Refused(before + 1, pause.nanos()));
  }

  /** They were taken, so earlier refusals mean nothing. */
  synchronized void forget(Secret credential) {
    refused.remove(credential);
  }

  /** Whether they had better not be sent now. */
  synchronized boolean forbid(Secret credential) {
    Refused known = refused.get(credential);
    return known != null
        && known.times() >= ENOUGH
        && pause.nanos() - known.last() < WHILE.toNanos();
  }
}
