package landfall.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import landfall.failure.Held;
import landfall.image.Digest;
import landfall.open.Opened;
import landfall.plan.content.Elsewhere;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plans of real archives with operator catalogs, and all else they hold, against what the real
 * oc-mirror made of them.
 */
final class OperatorsGoldenTest {
  @ParameterizedTest
  @CsvSource({
    "operators, golden-bare, '', 0",
    "operators, golden-prefix, mirror/site, 0",
    "combined, golden-prefix, mirror/site, 0",
    "combined, golden-nested2-bare, '', 2",
    "combined, golden-nested2-prefix, mirror/site, 2",
    "legacy-4.18, golden-bare, '', 0",
    "differential/run1, golden-bare, '', 0",
    "differential/run1, golden-prefix, mirror/site, 0",
  })
  void plansWhatOcMirrorPushed(String sample, String golden, String prefix, int nested) {
    Plan plan =
        new Planner()
            .plan(
                Samples.sample(sample),
                Samples.target(prefix, nested),
                Samples.trusting(sample),
                Elsewhere.NOWHERE);

    assertThat(tags(plan)).isEqualTo(Samples.lines(sample + "/" + golden + "/registry.txt"));
    assertThat(new TreeSet<>(new Mapping().lines(plan)))
        .isEqualTo(Samples.lines(sample + "/" + golden + "/mapping.txt"));
    assertThat(plan.refused()).isEmpty();
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void pushesCatalogsAfterTheirBundlesAndThoseAfterWhatTheyNeed() {
    Plan plan = new Planner().plan(Samples.sample("operators"), Samples.bare());

    assertThat(plan.waves())
        .extracting(Wave::name)
        .containsExactly("content", "bundles", "catalogs", "signatures");
    Set<Object> before = new HashSet<>();
    for (Wave wave : plan.waves()) {
      assertThat(wave.images()).allSatisfy(image -> assertThat(before).containsAll(image.needs()));
      wave.images().forEach(image -> before.add(image.destination()));
    }
    assertThat(plan.waves().get(1).images())
        .allSatisfy(bundle -> assertThat(bundle.needs()).isNotEmpty());
  }

  /** The catalog's manifests came with the first archive, its folder comes with every one. */
  @Test
  void findsTheCatalogOfADifferentialArchive() {
    Opened run2 = Samples.sample("differential/run2");
    Set<Digest> history = new HashSet<>();
    for (String file : run2.contents().entries("working-dir/.history/")) {
      byte[] bytes = run2.contents().read(run2.contents().entry(file).orElseThrow(), 1 << 20);
      new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(line -> history.add(Digest.parse(line.strip())));
    }

    assertThatThrownBy(
            () ->
                new Planner()
                    .plan(
                        Samples.opened(
                            run2.contents(),
                            run2.configurations().stream().findFirst(),
                            history,
                            false),
                        Samples.bare()))
        .isInstanceOfSatisfying(
            Held.class,
            held -> assertThat(held.sentence()).contains("0 tags").contains("earlier archive"));
  }

  private static Set<String> tags(Plan plan) {
    return plan.stream()
        .map(image -> image.destination() + " " + image.digest())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
