package landfall.registry.fault;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;

/**
 * Tells a registry that is down from one thing that it cannot do: what went well lately is done
 * once more where something of its kind is given up.
 */
final class Control {
  /** Nobody answers anybody. */
  private static final Set<Signal> NOBODY = EnumSet.of(Signal.REFUSED, Signal.UNREACHED);

  private final Map<Class<?>, Step<?>> latest = new ConcurrentHashMap<>();

  void succeeded(Step<?> step) {
    if (step.isHarmless()) {
      latest.put(step.getClass(), step);
    }
  }

  /** The failure of a step as seen after a look at whether the like of it still goes well. */
  Failure judge(Step<?> step, Fault fault, Failure failure) {
    boolean open = failure.code() == Code.REGISTRY_DOWN && !NOBODY.contains(fault.signal());
    return open && goesWellWithout(step)
        ? new ImageRefused(
            Code.RETRIES_EXHAUSTED,
            failure.sentence() + "; other content goes through meanwhile",
            failure.evidence())
        : failure;
  }

  private boolean goesWellWithout(Step<?> step) {
    Step<?> other = latest.get(step.getClass());
    if (other == null || other.phrase().equals(step.phrase())) {
      return false;
    }
    try {
      other.attempt();
      return true;
    } catch (RequestFault | Failure unwell) {
      return false;
    }
  }
}
