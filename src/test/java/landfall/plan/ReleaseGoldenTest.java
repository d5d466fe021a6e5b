package landfall.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.plan.Planner.Options;
import landfall.plan.candidate.Companion;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.content.Elsewhere;
import landfall.plan.release.ReleaseTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The releases of real archives against what the real oc-mirror made of them. */
final class ReleaseGoldenTest {
  private static final Pattern RELEASE =
      Pattern.compile("(^|[/-])openshift[/-](release|release-images|graph-image):");

  @ParameterizedTest
  @CsvSource({
    "release, golden-bare, '', 0",
    "release, golden-prefix, mirror/site, 0",
    "combined, golden-prefix, mirror/site, 0",
    "combined, golden-nested2-bare, '', 2",
    "combined, golden-nested2-prefix, mirror/site, 2",
    "legacy-4.18, golden-bare, '', 0",
    "legacy-4.18, golden-prefix, mirror/site, 0"
  })
  void plansEveryTagOfReleasesWithItsDigestAndNoOther(
      String sample, String golden, String prefix, int nested) {
    Plan plan = plan(sample, prefix, nested, Samples.trusting(sample).releases());

    Stream<String> planned = plan.stream().map(image -> image.destination() + " " + image.digest());
    String folder = sample + "/" + golden + "/";
    assertThat(ofReleases(planned))
        .isNotEmpty()
        .isEqualTo(ofReleases(Samples.lines(folder + "registry.txt").stream()));
    assertThat(ofReleases(new Mapping().lines(plan).stream()))
        .isEqualTo(ofReleases(Samples.lines(folder + "mapping.txt").stream()));
    assertThat(plan.refused()).isEmpty();
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void carriesTheSignatureThatTheClusterWillAskFor() {
    Plan plan = plan("release", "", 0, Samples.trusting("release").releases());

    Companion signature = plan.companions().get(0);
    assertThat(plan.companions()).hasSize(1);
    assertThat(signature.image()).hasToString("openshift/release-images:4.18.1-x86_64");
    assertThat(Samples.text("release/golden-bare/cluster-resources/signature-configmap.yaml"))
        .contains(
            signature.name().replaceFirst("^.*-(sha256-)", "$1") + "-1: " + signature.content());
  }

  @Test
  void deliversNothingOfAReleaseThatOnlyAStrangerSigned() {
    Plan plan = plan("release", "", 0, ReleaseTrust.STANDARD);

    assertThat(plan.stream().map(image -> image.destination().toString()))
        .filteredOn(place -> !place.endsWith(".sig"))
        .containsExactly("openshift/graph-image:latest");
    assertThat(plan.companions()).isEmpty();
    assertThat(plan.refused()).hasSize(15);
    assertThat(plan.refused())
        .extracting(RefusedImage::code)
        .filteredOn(code -> code != Code.DEPENDENCY_FAILED)
        .containsExactly(Code.SIGNATURE_INVALID);
  }

  private static Plan plan(String sample, String prefix, int nested, ReleaseTrust trust) {
    return new Planner()
        .plan(
            Samples.sample(sample),
            Samples.target(prefix, nested),
            new Options(true, Optional.empty(), trust, Optional.empty(), Unclaimed.AUTO),
            Elsewhere.NOWHERE);
  }

  private static Set<String> ofReleases(Stream<String> lines) {
    return lines
        .filter(line -> RELEASE.matcher(line).find())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
