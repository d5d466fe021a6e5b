package landfall.push;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import landfall.registry.Registry;
import landfall.target.Target;

/** How many images each target is sent at a time; the route's throttle asks before each image. */
public final class Concurrency {
  private final Map<String, Pace> paces;

  /**
   * Begins with the fewest for each.
   *
   * @param nanos a clock that only counts
   */
  public Concurrency(
      Map<String, Target> targets, Map<String, Registry> registries, LongSupplier nanos) {
    Map<String, Pace> all = new HashMap<>();
    registries.forEach(
        (name, registry) ->
            Optional.ofNullable(targets.get(name))
                .ifPresent(target -> all.put(name, pace(target, registry, nanos))));
    this.paces = Map.copyOf(all);
  }

  private static Pace pace(Target target, Registry registry, LongSupplier nanos) {
    return new Pace(
        target.limits(), registry::traffic, registry::slowdowns, registry::personality, nanos);
  }

  public int limit(String target) {
    return Optional.ofNullable(paces.get(target)).map(Pace::now).orElse(1);
  }
}
