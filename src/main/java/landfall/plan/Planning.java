package landfall.plan;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.ledger.Notes;
import landfall.ledger.Work;
import landfall.open.Opened;
import landfall.plan.content.Elsewhere;
import landfall.target.Target;

/** Makes one plan a target out of an opened archive. */
public final class Planning {
  private final Planner planner;
  private final Planner.Options options;
  private final Map<String, Target> targets;
  private final BiFunction<Opened, String, Elsewhere> elsewhere;
  private final Notes notes;

  /**
   * @param elsewhere where to find what an archive lacks on its way to the target of a name, asked
   *     afresh for each plan
   * @param notes where what an operator said of an archive is kept
   */
  public Planning(
      Planner planner,
      Planner.Options options,
      Map<String, Target> targets,
      BiFunction<Opened, String, Elsewhere> elsewhere,
      Notes notes) {
    this.elsewhere = elsewhere;
    this.notes = notes;
    this.planner = planner;
    this.options = options;
    this.targets = Map.copyOf(targets);
  }

  /** The deliveries of an archive, one a target. */
  public List<Delivery> deliveries(Opened opened) {
    return opened.targets().stream().map(target -> new Delivery(opened, target)).toList();
  }

  /** The plan of one delivery. */
  public Planned plan(Delivery delivery) {
    Target target = targets.get(delivery.target());
    if (target == null) {
      throw new Parked(
          Code.REGISTRY_MISCONFIGURED,
          "target " + delivery.target() + " is not configured any more");
    }
    return new Planned(
        delivery.opened(),
        planner.plan(
            delivery.opened(),
            target,
            new Given(notes, delivery.archive(), delivery.target()).or(options),
            elsewhere.apply(delivery.opened(), delivery.target())));
  }

  /** An opened archive on its way to one target. */
  public record Delivery(Opened opened, String target) implements Work {
    @Override
    public String archive() {
      return opened.archive();
    }

    @Override
    public List<String> targets() {
      return List.of(target);
    }
  }
}
