package landfall.plan.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CollectedVersionsTest {
  private final CollectedVersions collected = new CollectedVersions();

  @ParameterizedTest
  @CsvSource({
    "1.10.0 1.9.0 1.10.0-rc2 1.10.0-rc10 1.10.0+build 1.9.0,"
        + " 1.9.0 1.10.0-rc2 1.10.0-rc10 1.10.0 1.10.0+build",
    "4.18.0-202602 4.18.0-202601 4.9.0-202612, 4.9.0-202612 4.18.0-202601 4.18.0-202602",
    "1.01 1.1 1.0 01.1, 1.0 01.1 1.01 1.1",
    "b 1 a 1.a, 1 1.a a b",
  })
  void ordersVersionsAsPeopleReadThem(String written, String ordered) {
    List.of(written.split(" ")).forEach(version -> collected.add("p", version));

    assertThat(collected.versions().text()).isEqualTo("p " + ordered + "\n");
  }

  @Test
  void ordersPackagesByName() {
    collected.add("b", "1");
    collected.add("a", "2");

    assertThat(collected.versions().text()).isEqualTo("a 2\nb 1\n");
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "a b, 1", "+, 1", "a, '1 2'", "a, ''", "a, '1\u001b[2J'"})
  void onlyCountsWhatIsNoName(String name, String version) {
    collected.add(name, version);

    assertThat(collected.versions()).isEqualTo(new CatalogVersions(List.of(), 1));
  }

  @Test
  void keepsNoMoreThanALedgerShouldHold() {
    for (int number = 0; number < 200_000; number++) {
      collected.add("p" + number % 1000, "1." + number);
    }

    CatalogVersions versions = collected.versions();
    assertThat(versions.text().length()).isBetween(400_000, 530_000);
    int kept = versions.packages().stream().mapToInt(one -> one.versions().size()).sum();
    assertThat(versions.leftOut()).isEqualTo(200_000 - kept);
  }
}
