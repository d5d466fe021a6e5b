package landfall.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.target.Target;

/** Writes a plan as oc-mirror's {@code mapping.txt}: a line an image, signatures left out. */
public final class Mapping {
  /** The registry that oc-mirror itself would have read the images from. */
  private static final String CACHE = "docker://localhost:55000/";

  /** The lines, in oc-mirror's order of copying. */
  public List<String> lines(Plan plan) {
    return lines(plan.target(), plan.stream().flatMap(Mapping::lines));
  }

  /** With the images that are not all there, which oc-mirror does not look for before it copies. */
  public List<String> lines(Draft draft) {
    return lines(
        draft.plan().target(),
        Stream.concat(
            draft.plan().stream().flatMap(Mapping::lines),
            draft.incomplete().stream()
                .map(image -> image.candidate())
                .map(candidate -> new Line(candidate.claim(), candidate.destination()))));
  }

  private static List<String> lines(Target target, Stream<Line> lines) {
    return lines
        .filter(line -> line.claim().type() != ImageType.SIGNATURE)
        .sorted(
            Comparator.comparingInt((Line line) -> line.claim().type().copyOrder())
                .thenComparing(Line::destination))
        .map(line -> line.text(target))
        .distinct()
        .toList();
  }

  private static Stream<Line> lines(PlannedImage image) {
    return image.claims().stream().map(claim -> new Line(claim, image.destination()));
  }

  /** One image and one place where the archive has it. */
  private record Line(Claim claim, Destination destination) {
    String text(Target target) {
      return CACHE + claim.source() + "=docker://" + target.registry() + "/" + destination;
    }
  }
}
