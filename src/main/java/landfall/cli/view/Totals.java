package landfall.cli.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import landfall.plan.PlannedImage;
import landfall.plan.Wave;
import landfall.plan.candidate.ImageType;

/** How many images and bytes there are of each kind in each wave. */
final class Totals {
  private Totals() {}

  /**
   * One kind in one wave.
   *
   * @param bytes in this archive; what kinds share counts for each of them
   * @param delivered of those, given to the target before; empty = unknown
   */
  record Row(String wave, String kind, int images, long bytes, OptionalLong delivered) {}

  static List<Row> of(PlanView view) {
    List<Row> rows = new ArrayList<>();
    for (Wave wave : view.plan().waves()) {
      Map<ImageType, List<PlannedImage>> kinds = new LinkedHashMap<>();
      wave.images()
          .forEach(image -> kinds.computeIfAbsent(image.type(), t -> new ArrayList<>()).add(image));
      kinds.forEach((kind, images) -> rows.add(row(wave.name(), kind.word(), images, view)));
    }
    return rows;
  }

  static Row all(PlanView view) {
    return row("all", "", view.plan().stream().toList(), view);
  }

  private static Row row(String wave, String kind, List<PlannedImage> images, PlanView view) {
    return new Row(wave, kind, images.size(), view.carried(images), view.delivered(images));
  }
}
