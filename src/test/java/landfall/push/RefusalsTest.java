package landfall.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.image.Digest;
import landfall.ledger.ImageRow;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.ImageRow.Origin;
import landfall.plan.Plan;
import landfall.plan.PlannedImage;
import landfall.plan.Samples;
import landfall.plan.Wave;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.candidate.WaveKind;
import landfall.plan.content.Content;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Destination PLACE = Destination.parse("lab/app:v1");

  @Test
  void haveOneRowForWhatWouldHaveGoneToTheSamePlace() {
    Plan plan =
        plan(
            List.of(),
            refused("quay.io/lab/app:v1", Code.DEPENDENCY_FAILED),
            refused("docker.io/lab/app:v1", Code.BLOB_MISSING));

    assertThat(Refusals.of(plan).rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.fate()).isEqualTo(Fate.DEAD_LETTERED);
              assertThat(row.origins())
                  .extracting(Origin::reference)
                  .containsExactly("docker.io/lab/app:v1", "quay.io/lab/app:v1");
            });
  }

  @Test
  void areNotHiddenByAnImageThatGoesToTheirPlace() {
    Plan plan = plan(List.of(image()), refused("docker.io/lab/app:v1", Code.BLOB_MISSING));

    assertThat(Refusals.of(plan).rows())
        .extracting(ImageRow::destination)
        .containsExactly("docker.io/lab/app:v1");
  }

  private static Plan plan(List<PlannedImage> images, RefusedImage... refused) {
    return new Plan(
        "one",
        Samples.bare(),
        images.stream().map(image -> new Wave(WaveKind.CONTENT, List.of(image))).toList(),
        Stream.of(refused).toList(),
        List.of(),
        List.of(),
        List.of());
  }

  private static RefusedImage refused(String origin, Code code) {
    return new RefusedImage(
        ImageType.ADDITIONAL, origin, Optional.of(PLACE), Optional.empty(), code, "why");
  }

  private static PlannedImage image() {
    return new PlannedImage(
        List.of(
            new Claim(
                ImageType.ADDITIONAL,
                "quay.io/lab/app:v1",
                new CacheReference(PLACE.repository(), PLACE.tag()))),
        PLACE,
        Digest.of(new byte[0]),
        new Content(List.of(), List.of(), List.of(), false),
        Set.of());
  }
}
