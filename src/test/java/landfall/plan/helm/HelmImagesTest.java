package landfall.plan.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import landfall.failure.Code;
import landfall.image.Digest;
import landfall.plan.Images;
import landfall.plan.Mapping;
import landfall.plan.MemoryContents;
import landfall.plan.Plan;
import landfall.plan.PlannedImage;
import landfall.plan.Planner;
import landfall.plan.Samples;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.RefusedImage;
import org.junit.jupiter.api.Test;

/** Plans of archives with helm charts. */
final class HelmImagesTest {
  private static final String CHARTS = "working-dir/helm/charts/";

  private final MemoryContents contents = new MemoryContents();
  private final Images images = new Images(contents);

  @Test
  void deliversWhatChartsUseByTagByDigestAndByBoth() {
    Digest byDigest = images.image("by digest");
    Digest both = images.image("both");
    contents
        .tag("one/app", "v1", images.image("by tag"))
        .tag("two/app", "sha256-" + byDigest.hex(), byDigest)
        .tag("three/app", "v3", images.image("where the tag points by now"))
        .file(CHARTS + "a-1.0.0.tgz", Charts.withPod("a", "quay.io/one/app:v1"))
        .file(CHARTS + "b-v2.0.0.tgz", Charts.withPod("b", "quay.io/two/app@" + byDigest))
        .file(CHARTS + "c-3.0.0.tgz", Charts.withPod("c", "quay.io/three/app:v3@" + both))
        .file(CHARTS + "d-4.0.0.tgz", Charts.withPod("d", "quay.io/no/tag"));

    Plan plan =
        plan(
            "charts: [{name: a, version: 1.0.0}, {name: b, version: 2.0.0},"
                + " {name: c, version: v3.0.0}, {name: d, version: 4.0.0}]");

    assertThat(plan.stream())
        .extracting(
            image -> image.destination().toString(), PlannedImage::origin, PlannedImage::type)
        .containsExactlyInAnyOrder(
            tuple("one/app:v1", "quay.io/one/app:v1", ImageType.HELM),
            tuple(
                "two/app:sha256-" + byDigest.hex(), "quay.io/two/app@" + byDigest, ImageType.HELM),
            tuple("three/app:v3", "quay.io/three/app:v3@" + both, ImageType.HELM));
    assertThat(plan.stream().map(PlannedImage::digest)).contains(both);
    assertThat(new Mapping().lines(plan))
        .contains(
            "docker://localhost:55000/three/app@" + both + "=docker://127.0.0.1:5555/three/app:v3");
    assertThat(plan.refused()).isEmpty();
    assertThat(plan.warnings()).anyMatch(warning -> warning.contains("quay.io/no/tag"));
  }

  @Test
  void takesEveryChartOfARepositoryThatNamesNone() {
    contents
        .tag("one/app", "v1", images.image("a"))
        .tag("two/app", "v1", images.image("b"))
        .file(CHARTS + "a-1.0.0.tgz", Charts.withPod("a", "quay.io/one/app:v1"))
        .file(CHARTS + "a-1.1.0.tgz", Charts.withPod("a", "quay.io/two/app:v1"))
        .file(
            "working-dir/helm/indexes/charts.example.com/stable/index.yaml",
            """
            entries:
              a: [{version: 1.0.0}, {version: 1.1.0}]
              books: [{version: 9.0.0, type: library}]
            """);

    Plan plan = plan("");

    assertThat(plan.stream().map(image -> image.destination().toString()))
        .containsExactlyInAnyOrder("one/app:v1", "two/app:v1");
    assertThat(plan.refused()).isEmpty();
  }

  @Test
  void readsAnIndexWhateverItsTagsAndAliasesWouldMakeOfIt() {
    StringBuilder index = new StringBuilder("bomb:\n- &a0 [x]\n");
    for (int i = 1; i < 90; i++) {
      index.append("- &a%d [*a%d, *a%d]\n".formatted(i, i - 1, i - 1));
    }
    index.append(
        """
        entries:
          a: [{version: !!int abc}, {version: 1.0.0, urls: !!set [a]}]
          b: [{version: *a89}]
          ? *a89
          : [{version: 1.0.0}]
        """);
    contents
        .tag("one/app", "v1", images.image("a"))
        .file(CHARTS + "a-1.0.0.tgz", Charts.withPod("a", "quay.io/one/app:v1"))
        .file("working-dir/helm/indexes/charts.example.com/stable/index.yaml", index.toString());

    Plan plan = plan("");

    assertThat(plan.stream().map(image -> image.destination().toString()))
        .containsExactly("one/app:v1");
    assertThat(plan.refused())
        .extracting(RefusedImage::origin, RefusedImage::code)
        .containsExactlyInAnyOrder(
            tuple("a-abc.tgz", Code.BLOB_MISSING), tuple("b-.tgz", Code.BLOB_MISSING));
  }

  @Test
  void looksOnceAtAChartThatIsNamedTwice() {
    contents.file(CHARTS + "d-4.0.0.tgz", Charts.withPod("d", "quay.io/no/tag:v1"));

    Plan plan = plan("charts: [{name: d, version: 4.0.0}, {name: d, version: 4.0.0}]");

    assertThat(plan.warnings())
        .filteredOn(warning -> warning.contains("quay.io/no/tag"))
        .hasSize(1);
  }

  @Test
  void refusesOnlyTheChartThatIsAbsentOrHostileAndTheRepositoryWithoutIndex() {
    contents
        .tag("one/app", "v1", images.image("a"))
        .file(CHARTS + "a-1.0.0.tgz", Charts.withPod("a", "quay.io/one/app:v1"))
        .file(CHARTS + "b-1.0.0.tgz", Charts.tgz(Map.of("b/../../evil", new byte[1])));

    Plan plan =
        plan(
            "charts: [{name: a, version: 1.0.0}, {name: b, version: 1.0.0},"
                + " {name: c, version: 1.0.0}]\n"
                + "  - {name: other, url: 'https://charts.example.com/other/'}");

    assertThat(plan.images()).isEqualTo(1);
    assertThat(plan.refused())
        .extracting(RefusedImage::origin, RefusedImage::code)
        .containsExactlyInAnyOrder(
            tuple("c-1.0.0.tgz", Code.BLOB_MISSING),
            tuple("helm repository other", Code.MANIFEST_INVALID),
            tuple(CHARTS + "b-1.0.0.tgz", Code.UNSAFE_ENTRY));
  }

  private Plan plan(String charts) {
    String repository =
        "helm:\n  repositories:\n  - name: stable\n    url: https://charts.example.com/stable/\n";
    return new Planner()
        .plan(
            Samples.opened(
                contents,
                Samples.configuration(
                    repository + (charts.isEmpty() ? "" : "    " + charts + "\n"))),
            Samples.bare());
  }
}
