package landfall.plan;

import java.util.Comparator;
import java.util.List;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.ImageType;

/** Writes a plan as oc-mirror's {@code mapping.txt}: a line an image, signatures left out. */
public final class Mapping {
  /** The registry that oc-mirror itself would have read the images from. */
  private static final String CACHE = "docker://localhost:55000/";

  /** The lines, in oc-mirror's order of copying. */
  public List<String> lines(Plan plan) {
    return plan.stream()
        .filter(image -> image.type() != ImageType.SIGNATURE)
        .sorted(
            Comparator.comparingInt((PlannedImage image) -> image.type().copyOrder())
                .thenComparing(PlannedImage::destination))
        .flatMap(
            image ->
                image.claims().stream()
                    .map(Claim::source)
                    .distinct()
                    .map(source -> line(source, plan, image)))
        .toList();
  }

  private static String line(CacheReference source, Plan plan, PlannedImage image) {
    return CACHE + source + "=docker://" + plan.target().registry() + "/" + image.destination();
  }
}
