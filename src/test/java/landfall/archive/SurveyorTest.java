package landfall.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SurveyorTest {
  private final Path folder;

  SurveyorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @MethodSource("landfall.archive.ScannerTest#dresses")
  void findsWhatAScanFinds(byte[] archive) {
    ArchiveFile file = Scans.write(folder, "archive", archive);
    Contents scanned = Scans.scan(Scans.request(folder, file)).contents();

    Contents surveyed = survey(file);

    assertThat(surveyed.census()).isEqualTo(scanned.census());
    assertThat(surveyed.tags()).isEqualTo(scanned.tags());
    for (String name : scanned.entries("")) {
      assertThat(text(surveyed, surveyed.entry(name).orElseThrow()))
          .isEqualTo(text(scanned, scanned.entry(name).orElseThrow()));
    }
    assertThat(text(surveyed, surveyed.blob(TarBuilder.manifest()).orElseThrow()))
        .isEqualTo("{\"schemaVersion\":2}");
  }

  @Test
  void stepsOverContentWithoutReadingIt() throws IOException {
    long terabyte = 1L << 40;
    Path path = folder.resolve("archive");
    Digest layer = Digest.of("a layer".getBytes(UTF_8));
    byte[] records =
        Packed.join(
            TarBuilder.record("size", String.valueOf(terabyte)),
            TarBuilder.record(
                "path",
                "docker/registry/v2/blobs/sha256/"
                    + layer.hex().substring(0, 2)
                    + "/"
                    + layer.hex()
                    + "/data"));
    byte[] start =
        new TarBuilder().entry('x', "x", records).header('0', "long", 0, any -> {}).unfinished();
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(start);
      file.seek(start.length + terabyte);
      file.write(TarBuilder.archive().bytes());
    }

    Contents surveyed = survey(ArchiveFile.of(path));

    assertThat(surveyed.blob(layer)).map(Extent::length).contains(terabyte);
    assertThat(surveyed.tags()).hasSize(1);
  }

  @Test
  void keepsOfACompressedArchiveOnlyWhatMayBeRead() throws IOException {
    byte[] layer = new byte[8 << 20];
    Arrays.fill(layer, (byte) 7);
    byte[] archive = TarBuilder.archive().blob(layer).file("working-dir/x", layer).bytes();
    ArchiveFile file = Scans.write(folder, "archive", Packed.zstd(archive));

    Contents surveyed = survey(file);

    Path spool = folder.resolve("survey/spool.tar");
    assertThat(surveyed.read(surveyed.entry("working-dir/x").orElseThrow(), 8 << 20))
        .isEqualTo(layer);
    assertThat(surveyed.blob(Digest.of(layer))).isPresent();
    byte[] kept = Files.readAllBytes(spool);
    assertThat(Arrays.mismatch(archive, 0, 4 << 20, kept, 0, 4 << 20)).isNotNegative();
    assertThat(kept).hasSizeLessThan(archive.length);
  }

  @Test
  void refusesWhatIsHostileOrCut() {
    byte[] good = TarBuilder.archive().bytes();

    assertThat(refusal(Arrays.copyOf(good, good.length - 1024))).isEqualTo(Code.ARCHIVE_TRUNCATED);
    assertThat(refusal(new TarBuilder().file("../x", "x").bytes())).isEqualTo(Code.UNSAFE_ENTRY);
    assertThat(refusal(Packed.zstd(Arrays.copyOf(good, 2000)))).isEqualTo(Code.ARCHIVE_TRUNCATED);
    assertThat(refusal("no archive".getBytes(UTF_8))).isEqualTo(Code.NOT_AN_ARCHIVE);
  }

  private Code refusal(byte[] archive) {
    try {
      survey(Scans.write(folder, "archive", archive));
      throw new AssertionError("accepted");
    } catch (Rejected refused) {
      return refused.code();
    }
  }

  private Contents survey(ArchiveFile file) {
    try {
      Files.deleteIfExists(folder.resolve("survey/spool.tar"));
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
    return new Surveyor(Limits.standard(), folder.resolve("survey")).survey(List.of(file));
  }

  private static String text(Contents contents, Extent extent) {
    return new String(contents.read(extent, 1 << 20), UTF_8);
  }
}
