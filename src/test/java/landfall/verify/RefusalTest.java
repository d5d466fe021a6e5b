package landfall.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import landfall.archive.ArchiveFile;
import landfall.archive.Limits;
import landfall.archive.TarBuilder;
import landfall.arrive.Arrival;
import landfall.arrive.Checksums;
import landfall.arrive.Checksums.Promise;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {
  private static final Checksums WRONG =
      new Checksums(List.of(new Promise("a.tar", "0".repeat(64), "a.sha256")), List.of(), "");
  private static final Checksums UNUSABLE =
      new Checksums(List.of(), List.of("a.sha256"), "it holds an MD5");

  private final Path folder;
  private final Verifier verifier = new Verifier(Limits.standard(), (archive, bytes) -> {});

  RefusalTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void tellsWhichBytesTheyWereBeforeItRefusesThem() throws IOException {
    byte[] bytes = new TarBuilder().file("isc_2026-11-22T17:45:22Z", "x").bytes();

    Verified verified = verifier.verify(arrival(bytes, WRONG, Set.of()));

    assertThat(verified.identity()).isEqualTo(Digest.of(bytes));
    assertThatThrownBy(() -> verifier.accept(verified))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(Code.SIDECAR_MISMATCH);
              assertThat(refused.evidence())
                  .contains("found: " + Digest.of(bytes).hex())
                  .anyMatch(line -> line.startsWith("expected: " + "0".repeat(64)));
            });
  }

  @Test
  void refusesWhatTheScanRefused() throws IOException {
    byte[] bytes = new TarBuilder().file("../x", "").bytes();

    Verified verified = verifier.verify(arrival(bytes, Checksums.NONE, Set.of()));

    assertThatThrownBy(() -> verifier.accept(verified))
        .isInstanceOfSatisfying(
            Rejected.class, refused -> assertThat(refused.code()).isEqualTo(Code.UNSAFE_ENTRY));
  }

  @Test
  void takesAReviewersWordForAnUnusableChecksumFileButNotForAWrongOne() throws IOException {
    byte[] bytes = new TarBuilder().file("isc_2026-11-22T17:45:22Z", "x").bytes();
    Set<Code> released = Set.of(Code.SIDECAR_INVALID, Code.SIDECAR_MISMATCH);

    assertThatThrownBy(() -> verifier.verify(arrival(bytes, UNUSABLE, Set.of())))
        .isInstanceOf(Rejected.class);
    assertThat(verifier.accept(verifier.verify(arrival(bytes, UNUSABLE, released)))).isNotNull();
    Verified wrong = verifier.verify(arrival(bytes, WRONG, released));
    assertThatThrownBy(() -> verifier.accept(wrong)).isInstanceOf(Rejected.class);
  }

  private Arrival arrival(byte[] bytes, Checksums checksums, Set<Code> released)
      throws IOException {
    Path file = Files.write(folder.resolve("a.tar"), bytes);
    return new Arrival(
        "id",
        "a.tar",
        file,
        List.of(ArchiveFile.of(file)),
        false,
        checksums,
        released,
        folder.resolve("work"),
        List.of("site"));
  }
}
