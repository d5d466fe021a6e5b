package landfall.plan.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionTest {
  /** The order that semantic versioning gives as its example, and what releases add to it. */
  private static final List<String> ASCENDING =
      List.of(
          "4.9.57",
          "4.10.0-ec.1",
          "4.10.0-ec.2",
          "4.10.0-fc.0",
          "4.10.0-rc.2",
          "4.10.0-rc.10",
          "4.10.0-rc.10.1",
          "4.10.0-rc.alpha",
          "4.10.0",
          "4.10.3",
          "4.18.1",
          "4.18.10",
          "5.0.0");

  @Test
  void ordersVersionsByTheirNumbers() {
    List<Version> shuffled =
        new java.util.ArrayList<>(ASCENDING.stream().map(Version::parse).toList());
    Collections.shuffle(shuffled, new java.util.Random(4));

    Collections.sort(shuffled);

    assertThat(shuffled).extracting(Version::toString).containsExactlyElementsOf(ASCENDING);
  }

  @Test
  void doesNotCountWhatWasBuiltOn() {
    assertThat(Version.parse("4.18.1+amd64")).isEqualTo(Version.parse("4.18.1"));
    assertThat(Version.parse("4.18.0-0.okd-2025-01-01-000000").preRelease())
        .containsExactly("0", "okd-2025-01-01-000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4",
        "4.18",
        "4.18.",
        "v4.18.1",
        "4.18.1.2",
        "04.18.1",
        "4.018.1",
        "4.18.01",
        "4.18.x",
        "4.18.1-",
        "4.18.1-rc..1",
        "4.18.1-rc.01",
        "4.18.1+",
        "4.18.1+a..b",
        "4.18.1 ",
        "-4.18.1",
        "99999999999999999999.0.0"
      })
  void refusesWhatIsNoVersion(String text) {
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Version.parse(text));
  }
}
