package landfall.registry.fault;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Parked;

/** How much patience is left for one call: what was tried, how often, and how long to wait. */
final class Patience {
  private static final Duration AT_ONCE = Duration.ofMillis(20);
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);
  private static final Duration LONGEST_QUIET = Duration.ofHours(1);
  private static final Duration BRIEF = Duration.ofSeconds(2);
  private static final int SERVER_ERROR = 34;

  private final Step<?> step;
  private final Health health;
  private final Pause pause;
  private final long start;
  private final Map<Integer, Integer> obeyed = new HashMap<>();
  private final Set<Code> ends = new HashSet<>();
  private final Set<Operation> renewed = EnumSet.noneOf(Operation.class);
  private int tries;
  private int quieted;
  private Duration quiet = Duration.ZERO;

  /** Go on with {@code act}, or give up with the failure. */
  record Verdict(Act act, Optional<Failure> failure) {}

  Patience(Step<?> step, Health health, Pause pause) {
    this.step = step;
    this.health = health;
    this.pause = pause;
    this.start = pause.nanos();
  }

  /** Waits as long as the registry wants to be left alone by everybody. */
  void keepQuiet() {
    Duration wait = health.quiet();
    if (!wait.isNegative() && !wait.isZero()) {
      sleep(wait);
    }
  }

  /** Decides about a fault, and has waited when it says to go on. */
  Verdict judge(Fault seen) {
    Fault fault = renewed.contains(seen.operation()) ? seen.afterRenewal() : seen;
    FaultTable.Verdict row = FaultTable.classify(fault);
    Remedy remedy = row.remedy();
    if (remedy.act() == Act.TOKEN) {
      renewed.add(fault.operation());
    } else {
      renewed.clear();
    }
    health.stumbled(remedy.ease());
    Optional<Code> end = end(row, fault);
    if (end.isPresent()) {
      return new Verdict(
          remedy.act(), Optional.of(Ending.of(end.get(), step, fault, evidence(row))));
    }
    space(remedy, fault);
    return new Verdict(remedy.act(), Optional.empty());
  }

  private List<String> evidence(FaultTable.Verdict row) {
    return List.of(Ending.row(row.row()), "tries: " + Math.max(1, tries));
  }

  private Optional<Code> end(FaultTable.Verdict row, Fault fault) {
    Remedy remedy = row.remedy();
    if (remedy.act() == Act.OTHERWISE) {
      boolean searching = obeyed.merge(row.row(), 1, Integer::sum) <= remedy.times();
      return searching && step.otherwise(fault) ? Optional.empty() : Optional.of(remedy.end());
    }
    boolean paid = remedy.pace() != Remedy.Pace.FREE;
    if (paid) {
      tries++;
      ends.add(remedy.end());
    }
    boolean rowSpent = paid && obeyed.merge(row.row(), 1, Integer::sum) > remedy.times();
    if (rowSpent || remedy.times() == 0 || isOverdue(remedy)) {
      return Optional.of(remedy.end());
    }
    if (tries >= Remedy.BUDGET) {
      return Optional.of(spent(remedy.end()));
    }
    return isRegistrys(row) && health.failed(step.phrase())
        ? Optional.of(Code.REGISTRY_DOWN)
        : Optional.empty();
  }

  /** An unreadable medium among the faults is never the thing's own fault. */
  private Code spent(Code last) {
    if (ends.contains(Code.MEDIA_UNREADABLE)) {
      return Code.MEDIA_UNREADABLE;
    }
    return ends.size() == 1 ? last : Code.RETRIES_EXHAUSTED;
  }

  private boolean isOverdue(Remedy remedy) {
    if (remedy.pace() == Remedy.Pace.BRIEF) {
      return pause.nanos() - start > BRIEF.toNanos();
    }
    return remedy.act() != Act.TOKEN && quiet.compareTo(LONGEST_QUIET) > 0;
  }

  /** Whether the fault may be due to the registry as a whole. */
  private static boolean isRegistrys(FaultTable.Verdict row) {
    Remedy remedy = row.remedy();
    return remedy.pace() == Remedy.Pace.BACKOFF
        && (remedy.end() == Code.REGISTRY_DOWN || row.row() == SERVER_ERROR);
  }

  private void space(Remedy remedy, Fault fault) {
    if (remedy.act() == Act.TOKEN || remedy.pace() == Remedy.Pace.AT_ONCE) {
      return;
    }
    if (remedy.pace() == Remedy.Pace.BRIEF) {
      sleep(Duration.ofMillis(200 + (long) (pause.chance() * 500)));
      return;
    }
    Optional<Duration> asked = fault.reply().retryAfter();
    if (remedy.pace() == Remedy.Pace.FREE || asked.isPresent()) {
      leaveAlone(asked.orElseGet(() -> Duration.ofSeconds(1).plus(jitter(quieted))));
    } else {
      sleep(backoff());
    }
  }

  /** Waiting is for all calls, and happens where the next try begins. */
  private void leaveAlone(Duration asked) {
    Duration wait = shorter(asked, LONGEST_ASKED);
    quieted++;
    quiet = quiet.plus(wait);
    health.quietFor(wait.plus(Duration.ofMillis((long) (pause.chance() * 500))));
  }

  /**
   * One fault among many requests says nothing about the next try, and where one in ten is lost,
   * two in a row are not rare either; waiting for long costs all of them time.
   */
  private Duration backoff() {
    if (tries == 1) {
      return upTo(AT_ONCE);
    }
    return tries == 2 && health.isSteady() ? upTo(SOON) : jitter(tries - 2);
  }

  private Duration jitter(int before) {
    return upTo(shorter(Duration.ofMillis(500L << Math.min(7, before)), LONGEST));
  }

  private Duration upTo(Duration most) {
    return Duration.ofMillis((long) (most.toMillis() * pause.chance()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void sleep(Duration time) {
    try {
      pause.sleep(time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Parked(
          Code.REGISTRY_DOWN,
          step.phrase() + ": stopped while waiting to try again; nothing is lost");
    }
  }
}
