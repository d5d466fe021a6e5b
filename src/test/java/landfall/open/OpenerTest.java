package landfall.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import landfall.archive.ArchiveFile;
import landfall.archive.Limits;
import landfall.archive.Scan;
import landfall.archive.ScanRequest;
import landfall.archive.Scanner;
import landfall.archive.TarBuilder;
import landfall.arrive.Arrival;
import landfall.arrive.Checksums;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.verify.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenerTest {
  private static final String VERSION = "working-dir/internal/oc-mirror-version.json";
  private static final String HISTORY = "working-dir/.history/.history-2026-11-2";

  private final Path folder;

  OpenerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void opensWhatOcMirrorWrote() {
    Opened opened = open(TarBuilder.archive());

    assertThat(opened.configurations())
        .startsWith(
            new Opened.Document("isc_2026-11-22T17:45:22Z", "kind: ImageSetConfiguration\n"));
    assertThat(opened.producer()).contains("v5.1.0");
    assertThat(opened.differential()).isFalse();
    assertThat(opened.contents().tags()).hasSize(1);
  }

  @Test
  void takesTheNewestConfiguration() {
    Opened opened =
        open(
            TarBuilder.archive()
                .file("isc_2026-11-22T17:45:23Z", "newest")
                .file("isc_2026-11-22T18:00:00+02:00", "older, in another zone"));

    assertThat(opened.configurations())
        .startsWith(new Opened.Document("isc_2026-11-22T17:45:23Z", "newest"));
  }

  @Test
  void takesThePinnedConfigurationWhereThereIsNoOther() {
    Opened opened =
        open(
            new TarBuilder()
                .file("working-dir/isc_pinned_2025-01-01T00:00:00Z.yaml", "old")
                .file("working-dir/isc_pinned_2026-01-01T00:00:00Z.yaml", "new")
                .file("working-dir/isc_pinned_latest.yaml", "no time"));

    assertThat(opened.configurations()).extracting(Opened.Document::text).containsExactly("new");
    assertThat(opened.producer()).isEmpty();
  }

  @Test
  void unitesTheHistory() {
    Digest one = Digest.of(new byte[] {1});
    Digest two = Digest.of(new byte[] {2});
    Opened opened =
        open(
            TarBuilder.archive()
                .file(HISTORY + "1T00:00:00Z", one + "\n")
                .file(HISTORY + "2T00:00:00Z", two + "\n" + one));

    assertThat(opened.history()).containsExactlyInAnyOrder(one, two);
    assertThat(opened.differential()).isTrue();
  }

  @Test
  void namesFileAndLineOfABrokenHistory() {
    TarBuilder archive =
        TarBuilder.archive()
            .file(HISTORY + "1T00:00:00Z", Digest.of(new byte[1]) + "\nsha256:nothing\n");

    assertThatThrownBy(() -> open(archive))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(Code.MANIFEST_INVALID);
              assertThat(refused.sentence()).contains(".history-2026-11-21T00:00:00Z, line 2");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "manifest.json|saved by docker",
        "oci-layout|OCI image layout",
        "zarf.yaml|Zarf",
        "hauler-manifest.yaml|Hauler",
        "publish/.metadata.json|oc-mirror v1",
        "content/mirror_000001.tar.gz|compressed once more",
        "content/working-dir/x|without its mirror_NNNNNN.tar",
        "holiday.jpg|plain files (such as holiday.jpg)",
      })
  void namesWhatWasDroppedInstead(String entry, String words) {
    TarBuilder foreign = new TarBuilder().file(entry, "{}");

    assertThatThrownBy(() -> open(foreign))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(Code.LAYOUT_UNKNOWN);
              assertThat(refused.sentence()).contains(words);
            });
  }

  @Test
  void knowsWhichArchiveCarriedWhatTheHistoryNames() {
    Digest one = Digest.of(new byte[] {1});
    Digest two = Digest.of(new byte[] {2});
    Opened opened =
        open(
            TarBuilder.archive()
                .file(HISTORY + "1T00:00:00Z", one + "\n")
                .file(HISTORY + "2T00:00:00Z", one + "\n" + two + "\n")
                .file("working-dir/.history/.history-someday", two + "\n"));

    assertThat(History.carried(opened, Set.of(one, two)))
        .isEqualTo(
            Map.of(
                one,
                Instant.parse("2026-11-21T00:00:00Z"),
                two,
                Instant.parse("2026-11-22T00:00:00Z")));
    assertThat(History.newest(opened)).contains(Instant.parse("2026-11-22T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "layout/"})
  void takesAnImageLayoutAsContentForOthers(String top) {
    Digest blob = Digest.of("x".getBytes(StandardCharsets.UTF_8));

    Opened opened =
        open(
            new TarBuilder()
                .file(top + "blobs/sha256/" + blob.hex(), "x")
                .file(top + "index.json", "{}")
                .file(top + "oci-layout", "{}"));

    assertThat(opened.supply()).isTrue();
    assertThat(opened.contents().blob(blob)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zarf.yaml", "manifest.json"})
  void takesNoOtherToolsArchiveForALayout(String sign) {
    Digest blob = Digest.of("x".getBytes(StandardCharsets.UTF_8));

    assertThat(
            refusal(
                new TarBuilder()
                    .file("blobs/sha256/" + blob.hex(), "x")
                    .file("oci-layout", "{}")
                    .file(sign, "{}")))
        .isEqualTo(Code.LAYOUT_UNKNOWN);
  }

  @Test
  void tellsALonelyChunk() {
    assertThat(refusal(new TarBuilder().blob(new byte[9]))).isEqualTo(Code.CHUNK_MISSING);
  }

  @Test
  void refusesAFolderOfNothing() {
    assertThat(refusal(new TarBuilder().entry('5', "empty/"))).isEqualTo(Code.LAYOUT_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"gitVersion\":7}",
        "{\"gitVersion\":\"a b\"}",
        "{\"gitVersion\":\"a\",\"gitVersion\":\"b\"}",
        "{\"gitVersion\":\"a\"} {}",
        "{",
        "[[[[",
      })
  void refusesABrokenVersion(String json) {
    TarBuilder archive = new TarBuilder().file(VERSION, json);

    assertThat(refusal(archive)).isEqualTo(Code.MANIFEST_INVALID);
  }

  @Test
  void refusesAVersionNestedWithoutEnd() {
    assertThat(refusal(new TarBuilder().file(VERSION, "[".repeat(60_000))))
        .isEqualTo(Code.MANIFEST_INVALID);
  }

  @Test
  void refusesAVersionFileOfMegabytes() {
    assertThat(refusal(new TarBuilder().file(VERSION, " ".repeat(1 << 20))))
        .isEqualTo(Code.LIMIT_EXCEEDED);
  }

  @Test
  void saysOfAConfigurationThatItIsNoTextAndKeepsThePinnedOneInReserve() {
    TarBuilder archive =
        new TarBuilder()
            .file("isc_2026-11-22T17:45:22Z", new byte[] {(byte) 0xff})
            .file("working-dir/isc_pinned_2026-01-01T00:00:00Z.yaml", "pinned");

    assertThat(open(archive).configurations())
        .extracting(Opened.Document::text, document -> document.damage().map(Rejected::code))
        .containsExactly(
            tuple("", Optional.of(Code.MANIFEST_INVALID)), tuple("pinned", Optional.empty()));
  }

  private Code refusal(TarBuilder archive) {
    try {
      open(archive);
      throw new AssertionError("accepted");
    } catch (Rejected refused) {
      return refused.code();
    }
  }

  private Opened open(TarBuilder archive) {
    try {
      ArchiveFile file = ArchiveFile.of(Files.write(folder.resolve("a.tar"), archive.bytes()));
      Path work = folder.resolve("work");
      ScanRequest request = new ScanRequest(List.of(file), work, true, false);
      Scan scan = new Scanner(Limits.standard()).scan(request, read -> {});
      Arrival arrival =
          new Arrival(
              "id",
              "a.tar",
              file.path(),
              List.of(file),
              false,
              Checksums.NONE,
              Set.of(),
              work,
              List.of("site"));
      return new Opener().open(new Verified(arrival, scan.digests().get(0), scan));
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }
}
