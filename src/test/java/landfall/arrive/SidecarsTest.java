package landfall.arrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarsTest {
  private static final String HEX = "a".repeat(64);
  private static final String OTHER = "b".repeat(64);

  private final Path drop;

  SidecarsTest(@TempDir Path drop) {
    this.drop = drop;
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.sha256", "x.tar.gz.sha256", "anything.sha256", "SHA256SUMS"})
  void findsAChecksumByTheNameWrittenInside(String sidecar) throws IOException {
    write(sidecar, HEX + "  x.tar.gz\n");

    Checksums checksums = look("x.tar.gz");

    assertThat(checksums.of("x.tar.gz"))
        .hasValueSatisfying(p -> assertThat(p.hex()).isEqualTo(HEX));
    assertThat(checksums.problem()).isEmpty();
  }

  @Test
  void takesABareHashByTheSidecarsOwnName() throws IOException {
    write("x.tar.gz.sha256", HEX);

    assertThat(look("x.tar.gz").of("x.tar.gz")).isPresent();
  }

  @Test
  void takesARenamedCopysHashButNotAnotherFiles() throws IOException {
    write("x.sha256", HEX + "  before-renaming.tar.gz\n");

    assertThat(look("x.tar.gz").of("x.tar.gz")).isPresent();

    write("before-renaming.tar.gz", "");

    assertThat(look("x.tar.gz").of("x.tar.gz")).isEmpty();
  }

  @Test
  void leavesChecksumsOfOtherArchivesAlone() throws IOException {
    write("y.tar.sha256", OTHER + "  y.tar\n");

    assertThat(look("x.tar.gz")).isEqualTo(Checksums.NONE);
  }

  @Test
  void refusesTwoDifferentChecksums() throws IOException {
    write("a.sha256", HEX + "  x.tar.gz\n");
    write("b.sha256", OTHER + "  x.tar.gz\n");

    assertThat(look("x.tar.gz").problem()).contains(HEX).contains(OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "da39a3ee5e6b4b0d3255bfef95601890afd80709  x.tar.gz"})
  void refusesAChecksumFileWithoutAUsableChecksum(String text) throws IOException {
    write("x.tar.gz.sha256", text);

    assertThat(look("x.tar.gz").problem()).contains("x.tar.gz.sha256");
  }

  @Test
  void refusesAChecksumFileLargerThanAny() throws IOException {
    write("x.tar.gz.sha256", (HEX + "  x.tar.gz\n").repeat(2000));

    assertThat(look("x.tar.gz").problem()).contains("larger");
  }

  @Test
  void readsOneListForAllChunksOfAFolder() throws IOException {
    write(
        "SHA256SUMS",
        (HEX + "  run/mirror_000001.tar\n")
            + (OTHER + "  run/mirror_000002.tar\n")
            + (OTHER + "  other/mirror_000001.tar\n"));

    Checksums checksums =
        Sidecars.of("run", List.of("mirror_000001.tar", "mirror_000002.tar"), List.of(drop));

    assertThat(checksums.promises()).hasSize(2);
    assertThat(checksums.problem()).isEmpty();
    assertThat(checksums).isEqualTo(Checksums.fromJson(checksums.toJson()));
  }

  private Checksums look(String archive) throws IOException {
    return Sidecars.of(archive, List.of(archive), List.of(drop));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(drop.resolve(name), text);
  }
}
