package landfall.registry.fault;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import landfall.failure.Failure;

/** Runs a {@link Step} as the fault table says, until it is done or given up. */
public final class Attempts {
  /** After these it is first seen whether there is anything left to do. */
  private static final Set<Act> SETTLED =
      EnumSet.of(Act.BLOB, Act.CHECK, Act.REHASH, Act.OTHERWISE);

  private final Health health;
  private final Pause pause;
  private final Neighbours neighbours = new Neighbours();
  private final Control control;

  public Attempts(Health health, Pause pause) {
    this.health = health;
    this.pause = pause;
    this.control = new Control(pause);
  }

  /**
   * Repeats the step within its budget.
   *
   * @throws landfall.failure.Parked when registry, network or credentials are at fault
   * @throws landfall.failure.ImageRefused when only the thing at hand is
   * @throws landfall.failure.Rejected when our own bytes are wrong
   */
  public <T> T run(Step<T> step) {
    Patience patience = new Patience(step, health, pause);
    Act next = Act.SAME;
    long progress = 0;
    while (true) {
      patience.keepQuiet();
      try {
        T done = once(step, next);
        health.succeeded();
        neighbours.succeeded(step);
        control.succeeded(step);
        return done;
      } catch (RequestFault thrown) {
        if (step.progress() > progress) {
          progress = step.progress();
          health.succeeded();
          patience = new Patience(step, health, pause);
        }
        Patience.Verdict verdict = patience.judge(thrown.fault());
        Optional<Failure> failure = verdict.failure();
        if (failure.isPresent()) {
          return settled(step, verdict.act())
              .orElseThrow(() -> judged(step, thrown.fault(), failure.get()));
        }
        next = verdict.act();
      }
    }
  }

  private Failure judged(Step<?> step, Fault fault, Failure failure) {
    return neighbours.judge(step, control.judge(step, fault, failure));
  }

  /**
   * Makes one try, in which only credentials may be renewed; what concerns the registry as a whole
   * parks for every fault.
   */
  public <T> T once(Step<T> step) {
    boolean renewed = false;
    while (true) {
      try {
        return step.attempt();
      } catch (RequestFault thrown) {
        Fault fault = renewed ? thrown.fault().afterRenewal() : thrown.fault();
        FaultTable.Verdict verdict = FaultTable.classify(fault);
        if (verdict.remedy().act() != Act.TOKEN) {
          throw Ending.of(step, fault, verdict);
        }
        renewed = true;
      }
    }
  }

  private static <T> T once(Step<T> step, Act act) throws RequestFault {
    if (act == Act.REHASH) {
      step.rehash();
    }
    if (SETTLED.contains(act)) {
      Optional<T> settled = step.settle();
      if (settled.isPresent()) {
        return settled.get();
      }
    }
    return step.attempt();
  }

  /** The last look before giving up; if it fails too, the first fault is what counts. */
  private static <T> Optional<T> settled(Step<T> step, Act act) {
    try {
      return act == Act.BLOB || act == Act.CHECK ? step.settle() : Optional.empty();
    } catch (RequestFault unknown) {
      return Optional.empty();
    }
  }
}
