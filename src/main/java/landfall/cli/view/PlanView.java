package landfall.cli.view;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.failure.Failure;
import landfall.image.Digest;
import landfall.open.Opened;
import landfall.plan.Draft;
import landfall.plan.Plan;
import landfall.plan.PlannedImage;
import landfall.plan.content.Part;

/**
 * A draft of a plan with what is known around it.
 *
 * @param archive as it was named on the command line
 * @param obstacle why the archive would not be delivered now; empty = it would
 * @param known blobs of the plan that the target was given before; empty = nobody knows
 */
public record PlanView(
    String archive,
    Opened opened,
    Draft draft,
    Optional<Failure> obstacle,
    Optional<Set<Digest>> known) {

  /**
   * Sees a draft in the light of what was delivered.
   *
   * @param delivered manifests the target was given before; empty = nobody knows
   */
  public static PlanView of(
      String archive,
      Opened opened,
      Draft draft,
      Optional<Failure> obstacle,
      Optional<Set<Digest>> delivered) {
    return new PlanView(
        archive, opened, draft, obstacle, delivered.map(before -> blobs(draft.plan(), before)));
  }

  private static Set<Digest> blobs(Plan plan, Set<Digest> delivered) {
    return plan.stream()
        .filter(image -> delivered.contains(image.digest()))
        .flatMap(image -> image.content().blobs().stream())
        .map(blob -> blob.descriptor().digest())
        .collect(Collectors.toSet());
  }

  Plan plan() {
    return draft.plan();
  }

  /** Bytes of blobs that this archive brings for the images, each blob once. */
  long carried(Collection<PlannedImage> images) {
    return sum(carriedBlobs(images));
  }

  /** Bytes of those that the target was given before, with these or with other images. */
  OptionalLong delivered(Collection<PlannedImage> images) {
    return known.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            sum(
                carriedBlobs(images)
                    .filter(blob -> known.get().contains(blob.descriptor().digest()))));
  }

  private static Stream<Part> carriedBlobs(Collection<PlannedImage> images) {
    return images.stream()
        .flatMap(image -> image.content().blobs().stream())
        .filter(blob -> blob.extent().isPresent());
  }

  private static long sum(Stream<Part> blobs) {
    Set<Digest> counted = new HashSet<>();
    return blobs
        .map(Part::descriptor)
        .filter(blob -> counted.add(blob.digest()))
        .mapToLong(blob -> blob.size())
        .sum();
  }
}
