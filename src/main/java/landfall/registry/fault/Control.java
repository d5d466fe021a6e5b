package landfall.registry.fault;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;

/**
 * Tells a registry that is down from one thing that it cannot do: where something is given up, it
 * is tried whether the like of what went well lately still does.
 */
final class Control {
  /** Nobody answers anybody. */
  private static final Set<Signal> NOBODY = EnumSet.of(Signal.REFUSED, Signal.UNREACHED);

  private static final Duration LATELY = Duration.ofMinutes(5);

  private final Pause pause;
  private final Map<Class<?>, Kind> kinds = new ConcurrentHashMap<>();

  Control(Pause pause) {
    this.pause = pause;
  }

  /**
   * What is known of one kind of step.
   *
   * @param blamed the repositories in which something was given up since
   */
  private record Kind(Step<?> proof, String phrase, long at, Set<String> blamed) {}

  void succeeded(Step<?> step) {
    step.proof()
        .ifPresent(
            proof ->
                kinds.put(
                    step.getClass(),
                    new Kind(proof, step.phrase(), pause.nanos(), ConcurrentHashMap.newKeySet())));
  }

  /** The failure of a step as seen after a look at whether the like of it still goes well. */
  Failure judge(Step<?> step, Fault fault, Failure failure) {
    boolean open =
        failure.code() == Code.REGISTRY_DOWN
            && fault.operation() != Operation.TOKEN
            && !NOBODY.contains(fault.signal());
    return open && isAlone(step)
        ? new ImageRefused(
            Code.RETRIES_EXHAUSTED,
            failure.sentence() + "; other content goes through meanwhile",
            failure.evidence())
        : failure;
  }

  private boolean isAlone(Step<?> step) {
    Optional<Kind> kind =
        Optional.ofNullable(kinds.get(step.getClass()))
            .filter(each -> pause.nanos() - each.at() < LATELY.toNanos())
            .filter(each -> !each.phrase().equals(step.phrase()));
    if (kind.isEmpty()) {
      return false;
    }
    kind.get().blamed().add(step.repository().map(Object::toString).orElseGet(step::phrase));
    return kind.get().blamed().size() < Neighbours.MANY && goesWell(kind.get().proof());
  }

  private static boolean goesWell(Step<?> proof) {
    try {
      proof.attempt();
      return true;
    } catch (RequestFault | Failure unwell) {
      return false;
    }
  }
}
