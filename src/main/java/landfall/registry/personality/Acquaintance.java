package landfall.registry.personality;

import java.util.List;
import java.util.function.Function;

/** What is known so far about who a registry is; it grows with every answer. */
public final class Acquaintance {
  private volatile Personality known = Personality.UNKNOWN;

  public Personality known() {
    return known;
  }

  /** Whether an answer may still tell something. */
  public boolean isCurious() {
    return known.isPlain();
  }

  /** Learns from an answer; a plain sign never undoes a particular one. */
  public void learn(Function<String, List<String>> fields, String body) {
    Personality found = Personality.of(fields, body);
    if (found != Personality.UNKNOWN && known.isPlain()) {
      known = found;
    }
  }
}
