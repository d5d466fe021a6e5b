package landfall.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.plan.Samples;
import landfall.publish.node.NodeConfig;
import landfall.publish.resource.CatalogNames;
import landfall.publish.resource.ClusterResources;
import landfall.publish.resource.Delivery;
import landfall.publish.resource.Invented;
import landfall.publish.resource.Mirrors;
import landfall.publish.resource.ResourceFile;
import landfall.publish.resource.Stamp;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page, word by word; {@code -Dgolden=write} writes it anew, for a person to read. */
final class NextStepsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @ParameterizedTest
  @CsvSource({
    "combined, golden-prefix, false, next-steps-combined.md",
    "operators, golden-bare, true, next-steps-operators.md",
    "release, golden-bare, false, next-steps-release.md"
  })
  void saysWhatToDoWithWhatIsThere(String sample, String tags, boolean plain, String golden)
      throws IOException {
    String page = page(Invented.delivery(sample, tags), target(plain));
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(GOLDEN.resolve(golden), page);
    }

    assertThat(page).isEqualTo(Files.readString(GOLDEN.resolve(golden)));
  }

  @Test
  void saysSoWhereNothingIsThere() {
    assertThat(page(new Delivery(List.of(), List.of(), Map.of()), target(false)))
        .contains("Nothing has been delivered yet")
        .doesNotContain("oc apply -f", "node-config", "## ");
  }

  private static String page(Delivery delivery, Target target) {
    Mirrors mirrors = Mirrors.of(delivery.images(), false);
    List<ResourceFile> files =
        ClusterResources.of(
                delivery,
                mirrors,
                CatalogNames.of(delivery.catalogs(), Map.of()),
                new Stamp(Instant.EPOCH, "1.0", Optional.empty()))
            .files();
    return NextSteps.file(files, NodeConfig.of(mirrors.all(), target), target).text();
  }

  private static Target target(boolean plain) {
    Target site = Samples.bare();
    return new Target(
        site.name(),
        site.registry(),
        site.prefix(),
        new Target.Security(
            plain, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
        0,
        site.limits());
  }
}
