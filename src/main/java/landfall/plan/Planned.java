package landfall.plan;

import java.util.List;
import landfall.ledger.Work;
import landfall.open.Opened;

/** An opened archive and what it means for one target. */
public record Planned(Opened opened, Plan plan) implements Work {
  @Override
  public String archive() {
    return plan.archive();
  }

  @Override
  public List<String> targets() {
    return List.of(plan.target().name());
  }

  /** Name of the target; each has a queue of its own. */
  public String target() {
    return plan.target().name();
  }
}
