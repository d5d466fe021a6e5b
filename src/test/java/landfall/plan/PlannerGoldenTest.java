package landfall.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import landfall.plan.Planner.Options;
import landfall.plan.candidate.Destination;
import landfall.plan.content.Elsewhere;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of a real archive against what the real oc-mirror made of it. */
final class PlannerGoldenTest {
  @ParameterizedTest
  @CsvSource({
    "golden-bare, '', true",
    "golden-prefix, mirror/site, true",
    "golden-nosig-bare, '', false"
  })
  void plansEveryTagOcMirrorPushedWithItsDigestAndNoOther(
      String golden, String prefix, boolean signatures) {
    Target target = Samples.target(prefix, 0);

    Plan plan =
        new Planner()
            .plan(
                Samples.additional(),
                target,
                Samples.options(signatures, Optional.empty()),
                Elsewhere.NOWHERE);

    Set<String> planned =
        plan.stream()
            .map(image -> image.destination() + " " + image.digest())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(planned).isEqualTo(Samples.lines("additional/" + golden + "/registry.txt"));
    assertThat(plan.refused()).isEmpty();
    assertThat(plan.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"golden-bare, ''", "golden-prefix, mirror/site"})
  void writesTheLinesOfOcMirrorsMapping(String golden, String prefix) {
    Plan plan = new Planner().plan(Samples.additional(), Samples.target(prefix, 0));

    assertThat(new TreeSet<>(new Mapping().lines(plan)))
        .isEqualTo(Samples.lines("additional/" + golden + "/mapping.txt"));
  }

  @Test
  void pushesSignaturesAfterTheImagesTheyBelongTo() {
    Plan plan = new Planner().plan(Samples.additional(), Samples.bare());

    assertThat(plan.waves())
        .extracting(Wave::name, wave -> wave.images().size())
        .containsExactly(tuple("content", 14), tuple("signatures", 11));
    Set<Destination> images =
        plan.waves().get(0).images().stream()
            .map(PlannedImage::destination)
            .collect(Collectors.toSet());
    assertThat(plan.waves().get(1).images())
        .allSatisfy(
            signature -> {
              assertThat(signature.needs()).hasSize(1).isSubsetOf(images);
              assertThat(signature.type().word()).isEqualTo("signature");
            });
  }

  @Test
  void plansTheSameWithTheConfigurationFromAFile() {
    Options fromFile = Samples.options(true, Samples.file("additional/isc.yaml"));

    Plan plan =
        new Planner()
            .plan(
                Samples.opened(Samples.additional().contents(), Optional.empty()),
                Samples.bare(),
                fromFile,
                Elsewhere.NOWHERE);

    assertThat(plan.waves())
        .isEqualTo(new Planner().plan(Samples.additional(), Samples.bare()).waves());
  }

  @Test
  void countsEveryBlobOnce() {
    Plan plan = new Planner().plan(Samples.additional(), Samples.bare());

    long distinct =
        plan.stream()
            .flatMap(image -> image.content().blobs().stream())
            .map(part -> part.descriptor())
            .distinct()
            .mapToLong(descriptor -> descriptor.size())
            .sum();
    assertThat(plan.bytes()).isEqualTo(distinct).isPositive();
    assertThat(plan.images()).isEqualTo(25);
  }
}
