package landfall.publish.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogNamesTest {
  private static final String HEX = "0f6efa" + "0".repeat(58);

  @ParameterizedTest
  @CsvSource({
    "redhat/redhat-operator-index:v4.18, redhat-operator-index-v4-18",
    "redhat/redhat-operator-index:v4.17.0-20241114, redhat-operator-index-v4-17-0-2024",
    "a/b/my.index:V1, my-index-v1",
    "idx:latest, idx-latest",
    "idx:_x, idx--x"
  })
  void callsACatalogAsOcMirrorDoes(String destination, String stem) {
    CatalogNames names = CatalogNames.of(List.of(catalog(destination)), Map.of());

    assertThat(names.stem(catalog(destination))).isEqualTo(stem);
    assertThat(names.warning(catalog(destination))).isEmpty();
  }

  @Test
  void shortensATagThatIsADigest() {
    Delivered catalog = catalog("redhat/redhat-operator-index:sha256-" + HEX);

    assertThat(CatalogNames.of(List.of(catalog), Map.of()).stem(catalog))
        .isEqualTo("redhat-operator-index-sha256-0f6ef");
  }

  @ParameterizedTest
  @CsvSource({
    "my_index:v1, my-index-v1-",
    "idx:v4.18.0-rc1-x, idx-v4-18-0-rc1-",
  })
  void givesAValidNameWhereOcMirrorStops(String destination, String beginning) {
    CatalogNames names = CatalogNames.of(List.of(catalog(destination)), Map.of());

    assertThat(names.stem(catalog(destination))).matches(beginning + "[0-9a-f]{8}");
    assertThat(names.warning(catalog(destination)))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("catalog " + destination + " is called cs-" + beginning)
                    .endsWith("is no name Kubernetes accepts"));
  }

  @Test
  void keepsLongNamesWithinALabel() {
    Delivered catalog = catalog("x".repeat(80) + ":v1");

    String stem = CatalogNames.of(List.of(catalog), Map.of()).stem(catalog);

    assertThat("cs-" + stem).hasSize(63).matches("cs-x{51}-[0-9a-f]{8}");
  }

  @Test
  void givesTheSecondOfTwoEqualNamesAnotherOne() {
    List<Delivered> catalogs =
        Stream.of("a/idx:v1", "b/idx:v1", "a/idx:v1.0.0-202411a", "a/idx:v1.0.0-202411b")
            .map(CatalogNamesTest::catalog)
            .toList();

    CatalogNames names = CatalogNames.of(catalogs, Map.of());

    assertThat(names.stems().values()).doesNotHaveDuplicates().hasSize(4);
    assertThat(names.stem(catalogs.get(0))).isEqualTo("idx-v1");
    assertThat(names.stem(catalogs.get(1))).matches("idx-v1-[0-9a-f]{8}");
    assertThat(catalogs.stream().flatMap(catalog -> names.warning(catalog).stream()))
        .hasSize(2)
        .allMatch(line -> line.endsWith("another catalog's name"));
    assertThat(CatalogNames.of(catalogs, Map.of())).isEqualTo(names);
  }

  @Test
  void leavesANameToWhoeverIsPublishedUnderIt() {
    Delivered early = catalog("a/idx:v1");
    Delivered late = catalog("b/idx:v1");

    CatalogNames names = CatalogNames.of(List.of(early, late), Map.of(late.reference(), "idx-v1"));

    assertThat(names.stem(late)).isEqualTo("idx-v1");
    assertThat(names.stem(early)).matches("idx-v1-[0-9a-f]{8}");
  }

  @Test
  void believesNoPublishedNameThatCannotBeOurs() {
    Delivered catalog = catalog("a/idx:v1");

    CatalogNames names =
        CatalogNames.of(List.of(catalog), Map.of(catalog.reference(), "../../etc/passwd"));

    assertThat(names.stem(catalog)).isEqualTo("idx-v1");
  }

  private static Delivered catalog(String destination) {
    return new Delivered(
        ImageType.CATALOG,
        "registry.redhat.io/redhat/an-index:v4",
        "host.example:8443",
        Destination.parse(destination),
        Optional.empty());
  }
}
