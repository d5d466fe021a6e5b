package landfall.plan.candidate;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything one kind of content asks for.
 *
 * @param refused images that cannot be delivered, whatever the archive holds
 * @param warnings what a person should know and nothing depends on
 * @param companions what cluster resources need beside the images
 */
public record Candidates(
    List<Candidate> images,
    List<RefusedImage> refused,
    List<String> warnings,
    List<Companion> companions) {
  public Candidates {
    images = List.copyOf(images);
    refused = List.copyOf(refused);
    warnings = List.copyOf(warnings);
    companions = List.copyOf(companions);
  }

  /** Both, the other's behind these. */
  public Candidates plus(Candidates other) {
    return new Candidates(
        joined(images, other.images),
        joined(refused, other.refused),
        joined(warnings, other.warnings),
        joined(companions, other.companions));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
