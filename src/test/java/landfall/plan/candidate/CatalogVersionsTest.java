package landfall.plan.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import landfall.plan.candidate.CatalogVersions.Versions;
import org.junit.jupiter.api.Test;

final class CatalogVersionsTest {
  @Test
  void readsWhatItWrote() {
    CatalogVersions versions =
        new CatalogVersions(
            List.of(new Versions("a", List.of("1.0", "2.0")), new Versions("b", List.of("x"))), 7);

    assertThat(versions.text()).isEqualTo("a 1.0 2.0\nb x\n+ 7\n");
    assertThat(CatalogVersions.parse(versions.text())).isEqualTo(versions);
  }

  @Test
  void knowsNothingOfAnEmptyCatalog() {
    assertThat(CatalogVersions.parse("")).isEqualTo(new CatalogVersions(List.of(), 0));
  }
}
