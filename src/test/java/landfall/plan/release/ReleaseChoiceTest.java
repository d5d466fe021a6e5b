package landfall.plan.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import landfall.failure.Code;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.RefusedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which releases a configuration means. */
final class ReleaseChoiceTest {
  private static final ReleaseArchive ARCHIVE =
      new ReleaseArchive()
          .graph("amd64-stable-4.16", "x86_64", "4.16.1 4.16.2", "4.16.1>4.16.2")
          .graph(
              "amd64-stable-4.17", "x86_64", "4.16.2 4.17.8 4.17.9", "4.16.2>4.17.8 4.17.8>4.17.9")
          .graph(
              "amd64-stable-4.18",
              "x86_64",
              "4.17.8 4.17.9 4.18.0 4.18.1 4.18.2 4.18.4",
              "4.17.8>4.18.0 4.17.8>4.18.1 4.18.0>4.18.4 4.18.1>4.18.4 4.17.9>4.18.2"
                  + " 4.18.2>4.18.4 4.18.1>4.18.2")
          .graph(
              "amd64-stable-4.19", "x86_64", "4.18.4 4.19.0 4.19.1", "4.18.4>4.19.1 4.19.0>4.19.1")
          .graph("amd64-eus-4.18", "x86_64", "4.17.9 4.18.2", "4.17.9>4.18.2")
          .graph("amd64-eus-4.20", "x86_64", "4.20.0", "")
          .graph("amd64-stable-4.20", "x86_64", "4.19.0 4.20.0", "4.19.0>4.20.0")
          .graph("amd64-candidate-4.18", "x86_64", "4.18.0-rc.1 4.18.0-rc.10 4.18.0", "")
          .graph("amd64-okd", "okd", "4.18.0", "")
          .graph("s390x-stable-4.18", "s390x", "4.18.0 4.18.1 4.18.2", "4.18.0>4.18.2")
          .graph("multi-stable-4.18", "multi", "4.18.1 4.18.2", "4.18.1>4.18.2");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // bounds
        "[{name: stable-4.18, minVersion: 4.18.0, maxVersion: 4.18.2}] | 4.18.0 4.18.1 4.18.2",
        "[{name: stable-4.18}] | 4.18.4",
        "[{name: stable-4.18, minVersion: 4.18.1}] | 4.18.1 4.18.2 4.18.4",
        "[{name: stable-4.18, maxVersion: 4.18.0}] | 4.17.8 4.17.9 4.18.0",
        "[{name: stable-4.18, full: true}] | 4.17.8 4.17.9 4.18.0 4.18.1 4.18.2 4.18.4",
        "[{name: stable-4.18, full: true, maxVersion: 4.17.9}] | 4.17.8 4.17.9",
        "[{name: stable-4.18, full: true, minVersion: 4.18.2}] | 4.18.2 4.18.4",
        "[{name: stable-4.18, minVersion: 4.18.3, maxVersion: 4.18.9}] | 4.18.4",
        "[{name: candidate-4.18, maxVersion: 4.18.0-rc.9}] | 4.18.0-rc.1",
        "[{name: candidate-4.18}] | 4.18.0",
        "[{name: okd, type: okd}] | 4.18.0",
        // the shortest way, and the newer of two that are equally short
        "[{name: stable-4.18, minVersion: 4.17.8, maxVersion: 4.18.4, shortestPath: true}] | 4.17.8"
            + " 4.18.1 4.18.4",
        "[{name: stable-4.18, minVersion: 4.17.9, maxVersion: 4.18.4, shortestPath: true}] | 4.17.9"
            + " 4.18.2 4.18.4",
        "[{name: stable-4.18, minVersion: 4.18.4, maxVersion: 4.18.4, shortestPath: true}] | 4.18.4",
        "[{name: stable-4.18, shortestPath: true}] | 4.18.4",
        "[{name: stable-4.18, shortestPath: true, full: true}] | 4.17.8 4.18.1 4.18.4",
        // no way leads there: both ends are wanted all the same
        "[{name: stable-4.18, minVersion: 4.18.4, maxVersion: 4.18.0, shortestPath: true}] | 4.18.0"
            + " 4.18.4",
        // across channels
        "[{name: stable-4.16, minVersion: 4.16.1, maxVersion: 4.16.1}, {name: stable-4.19}] | 4.16.1"
            + " 4.16.2 4.17.8 4.17.9 4.18.2 4.18.4 4.19.1",
        "[{name: stable-4.17, minVersion: 4.17.9, maxVersion: 4.17.9}, {name: eus-4.18}] | 4.17.9"
            + " 4.18.2",
        "[{name: stable-4.18, minVersion: 4.17.9, maxVersion: 4.17.9}, {name: eus-4.18}] | 4.17.9"
            + " 4.18.2",
        // 4.18.4 is the head of 4.18 and eus-4.18 does not know it; the way is blocked
        "[{name: stable-4.18, minVersion: 4.18.1, maxVersion: 4.18.1}, {name: eus-4.18}] | 4.18.1"
            + " 4.18.2",
        // stable-4.20 knows 4.19.0 and not the head 4.19.1
        "[{name: stable-4.19, minVersion: 4.19.0, maxVersion: 4.19.0}, {name: stable-4.20}] | 4.19.0"
            + " 4.19.1 4.20.0",
        "[{name: stable-4.18}, {name: okd, type: okd}] | 4.18.4 okd:4.18.0"
      })
  void meansTheReleasesOcMirrorWouldMirror(String channels, String versions) {
    Candidates candidates = ARCHIVE.collect("{channels: " + channels + "}");

    assertThat(candidates.refused()).isEmpty();
    assertThat(ReleaseArchive.releases(candidates)).isEqualTo(tags(versions, channels));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architectures: [s390x], channels: [{name: stable-4.18}] | 4.18.2-s390x",
        "architectures: [amd64, s390x], channels: [{name: stable-4.18, minVersion: 4.18.1,"
            + " maxVersion: 4.18.2}] | 4.18.1-x86_64 4.18.2-x86_64 4.18.1-s390x 4.18.2-s390x",
        // what the first architecture's graph settles holds for the second, as with oc-mirror
        "architectures: [amd64, s390x], channels: [{name: stable-4.18}] | 4.18.4-x86_64",
        "architectures: [s390x, amd64], channels: [{name: stable-4.18}] | 4.18.2-s390x"
            + " 4.18.2-x86_64",
        "architectures: [multi], channels: [{name: stable-4.18, full: true}] | 4.18.1-multi"
            + " 4.18.2-multi",
        "platforms: [{os: linux, architecture: arm64}], channels: [{name: stable-4.18}] |"
            + " 4.18.2-multi",
        "graph: false | ''"
      })
  void followsArchitecturesAndPlatforms(String platform, String tags) {
    Candidates candidates = ARCHIVE.collect("{" + platform + "}");

    assertThat(candidates.refused()).isEmpty();
    assertThat(ReleaseArchive.releases(candidates))
        .isEqualTo(new TreeSet<>(tags.isEmpty() ? List.of() : List.of(tags.split(" ", -1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: stable-4.30} | MANIFEST_INVALID | the archive has no"
            + " working-dir/hold-release/cincinnati-graph-data/amd64-stable-4.30.json, expected the"
            + " update graph of channel stable-4.30 for amd64",
        "{name: ../stable} | MANIFEST_INVALID | the archive has no",
        "{name: stable-4.19, type: rhcos} | MANIFEST_INVALID | type is 'rhcos', expected ocp or okd",
        "{name: stable-4.19, minVersion: latest} | MANIFEST_INVALID | 'stable-4.19': minVersion:"
            + " 'latest' is no version",
        "{name: stable-4.19, minVersion: 4.18.1, maxVersion: 4.19.1, shortestPath: true} |"
            + " MANIFEST_INVALID | amd64-stable-4.19.json has no version 4.18.1"
      })
  void refusesAChannelItCannotReadAndDeliversTheOthers(String channel, Code code, String why) {
    Candidates candidates =
        ARCHIVE.collect(
            "{channels: [" + channel + ", {name: okd, type: okd}, {name: stable-4.18}]}");

    assertThat(ReleaseArchive.releases(candidates)).contains("4.18.4-x86_64", "4.18.0-okd");
    assertThat(candidates.refused().get(0).code()).isEqualTo(code);
    assertThat(candidates.refused().get(0).sentence()).contains(why);
    assertThat(candidates.refused()).extracting(RefusedImage::origin).doesNotHaveDuplicates();
  }

  @Test
  void saysSoWhenAChannelHoldsNothingBetweenItsBounds() {
    Candidates candidates =
        ARCHIVE.collect(
            "{channels: [{name: stable-4.18, minVersion: 4.18.8, maxVersion: 4.18.9}]}");

    assertThat(candidates.images()).isEmpty();
    assertThat(candidates.warnings())
        .singleElement()
        .asString()
        .endsWith("amd64-stable-4.18.json has no release from 4.18.8 to 4.18.9");
  }

  @Test
  void refusesMoreChannelsAndArchitecturesThanAnybodyHas() {
    String architectures = "a,".repeat(1001);

    assertThat(
            ARCHIVE
                .collect("{architectures: [" + architectures + "], channels: [{name: c}]}")
                .refused())
        .singleElement()
        .extracting(RefusedImage::code)
        .isEqualTo(Code.LIMIT_EXCEEDED);
  }

  private static Set<String> tags(String versions, String channels) {
    Set<String> tags = new TreeSet<>();
    boolean okdOnly = channels.startsWith("[{name: okd");
    for (String version : versions.split(" ", -1)) {
      tags.add(
          version.startsWith("okd:")
              ? version.substring(4) + "-okd"
              : version + (okdOnly ? "-okd" : "-x86_64"));
    }
    return tags;
  }
}
