package landfall.plan.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import landfall.image.Tag;
import landfall.plan.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AF§3.5, and the goldens of {@code --max-nested-paths}. */
final class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0, openshift/release-images, openshift/release-images",
    "ocp, 0, openshift/release-images, ocp/openshift/release-images",
    "ocp, 0, redhat/redhat-operator-index, ocp/redhat/redhat-operator-index",
    "ocp, 2, redhat/redhat-operator-index, ocp/redhat-redhat-operator-index",
    "ocp, 3, redhat/redhat-operator-index, ocp/redhat/redhat-operator-index",
    "ocp, 2, cat, ocp/cat",
    "a/b/c, 0, x/y, a/b/c/x/y",
    "a/b/c, 2, x/y, a/b-c-x-y",
    "a/b/c, 3, x/y, a/b/c-x-y",
    "a/b/c, 5, x/y, a/b/c/x/y",
    // oc-mirror writes host//a-b, which no registry takes
    "'', 1, a/b, a-b",
    "'', 1, cat, cat",
    "mirror/site, 1, ubi9/ubi, mirror-site-ubi9-ubi",
    "'', 2, lab/platform/tools/network/netcheck, lab/platform-tools-network-netcheck",
  })
  void namesAsOcMirrorDoes(String prefix, int most, String path, String expected) {
    Destination place = new Names(Samples.target(prefix, most)).place(path, new Tag("v1"));

    assertThat(place).hasToString(expected + ":v1");
  }

  @ParameterizedTest
  @CsvSource({
    "release/golden-bare, '', 0",
    "combined/golden-prefix, mirror/site, 0",
    "combined/golden-nested2-bare, '', 2",
    "combined/golden-nested2-prefix, mirror/site, 2",
    "operators/golden-prefix, mirror/site, 0",
    "release/golden-prefix, mirror/site, 0"
  })
  void putsEveryImageWhereOcMirrorDid(String golden, String prefix, int most) {
    Names names = new Names(Samples.target(prefix, most));

    for (String line : Samples.lines(golden + "/mapping.txt")) {
      List<String> sides = List.of(line.split("=docker://", -1));
      String source = sides.get(0).replace("docker://localhost:55000/", "");
      String tag = sides.get(1).substring(sides.get(1).lastIndexOf(':') + 1);
      String path = source.substring(0, source.lastIndexOf(':'));

      assertThat(Samples.REGISTRY + "/" + names.place(path, new Tag(tag))).isEqualTo(sides.get(1));
    }
  }

  @Test
  void refusesWhatNoRegistryTakes() {
    Names names = new Names(Samples.bare());

    assertThatThrownBy(() -> names.place("Lab/App", new Tag("v1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Lab/App");
  }
}
