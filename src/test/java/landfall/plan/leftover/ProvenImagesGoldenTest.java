package landfall.plan.leftover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import landfall.open.Opened.Document;
import landfall.plan.Plan;
import landfall.plan.Planner;
import landfall.plan.Samples;
import landfall.plan.candidate.ImageType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real archives without a usable configuration, against what oc-mirror made of them with one. */
final class ProvenImagesGoldenTest {
  @ParameterizedTest
  @CsvSource({"additional, 2", "release, 0", "combined, 0", "operators, 0", "legacy-4.18, 0"})
  void provesTheImagesThatOcMirrorPushed(String sample, int unknown) {
    Plan plan =
        new Planner()
            .plan(
                Samples.opened(
                    Samples.sample(sample).contents(), new Document("isc_x", "kind: Nonsense")),
                Samples.target("mirror/site", 0));

    Set<String> planned =
        plan.stream()
            .map(image -> image.destination() + " " + image.digest())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(planned).isEqualTo(Samples.lines(sample + "/golden-prefix/registry.txt"));
    assertThat(plan.unclaimed()).isEmpty();
    assertThat(plan.refused()).hasSize(1);
    assertThat(
            plan.stream()
                .filter(image -> image.type() != ImageType.SIGNATURE)
                .filter(image -> image.origin().startsWith("unknown://")))
        .hasSize(unknown);
  }
}
