package landfall.plan;

import java.util.List;
import java.util.Optional;
import landfall.failure.Failure;

/**
 * What can be said of a plan although it may not be carried out as things are.
 *
 * @param plan the images that are there, whole
 * @param incomplete the images that are not
 * @param obstacle why the plan cannot be carried out; empty = it can
 */
public record Draft(Plan plan, List<IncompleteImage> incomplete, Optional<Failure> obstacle) {
  public Draft {
    incomplete = List.copyOf(incomplete);
  }
}
