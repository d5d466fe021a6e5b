package landfall.push;

import java.util.Map;
import java.util.stream.Collectors;
import landfall.target.Target;

/** How many images a target is sent at a time. */
public final class Concurrency {
  private final Map<String, Integer> limits;

  public Concurrency(Map<String, Target> targets) {
    this.limits =
        targets.values().stream()
            .collect(Collectors.toMap(Target::name, target -> target.limits().fewestImages()));
  }

  public int limit(String target) {
    return limits.getOrDefault(target, 1);
  }
}
