package landfall.push;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.ledger.ImageRow;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.ImageRow.Moved;
import landfall.ledger.ImageRow.Origin;
import landfall.ledger.Reason;
import landfall.plan.Plan;
import landfall.plan.candidate.RefusedImage;

/**
 * The refused images of a plan as the ledger keeps them: one row each place, with the origins of
 * all that would have gone there.
 *
 * @param rows no two of the same place, and none of a place that an image of the plan goes to
 */
record Refusals(List<ImageRow> rows) {
  Refusals {
    rows = List.copyOf(rows);
  }

  static Refusals of(Plan plan) {
    Set<String> planned =
        plan.stream().map(image -> image.destination().toString()).collect(Collectors.toSet());
    Map<String, ImageRow> rows = new LinkedHashMap<>();
    for (RefusedImage refused : plan.refused()) {
      ImageRow row = row(plan, refused, place(refused, planned));
      rows.merge(row.destination(), row, Refusals::both);
    }
    return new Refusals(List.copyOf(rows.values()));
  }

  /** An image that goes through must not hide one that does not. */
  private static String place(RefusedImage refused, Set<String> planned) {
    return refused
        .destination()
        .map(Object::toString)
        .filter(destination -> !planned.contains(destination))
        .orElse(refused.origin());
  }

  /** What is refused itself says more than what is held back for another. */
  private static ImageRow both(ImageRow first, ImageRow second) {
    boolean better = first.fate() == Fate.HELD_BACK && second.fate() != Fate.HELD_BACK;
    ImageRow told = better ? second : first;
    Set<Origin> origins = new LinkedHashSet<>(told.origins());
    origins.addAll(first.origins());
    origins.addAll(second.origins());
    return new ImageRow(
        told.archive(),
        told.target(),
        told.destination(),
        List.copyOf(origins),
        told.digest(),
        told.fate(),
        told.reason(),
        told.moved());
  }

  private static ImageRow row(Plan plan, RefusedImage refused, String place) {
    return new ImageRow(
        plan.archive(),
        plan.target().name(),
        place,
        List.of(new Origin(refused.type().word(), refused.origin())),
        refused.digest(),
        refused.code() == Code.DEPENDENCY_FAILED ? Fate.HELD_BACK : Fate.DEAD_LETTERED,
        Optional.of(
            new Reason(refused.code(), refused.sentence(), refused.code().next(), List.of())),
        Moved.NOTHING);
  }
}
