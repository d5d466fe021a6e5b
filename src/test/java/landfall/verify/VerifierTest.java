package landfall.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import landfall.archive.ArchiveFile;
import landfall.archive.Limits;
import landfall.arrive.Arrival;
import landfall.arrive.Checksums;
import landfall.arrive.Sidecars;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.image.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that is touched, exchanged or away before, while and after it is read. */
class VerifierTest {
  private static final Path SAMPLE =
      Path.of("src/test/resources/samples/additional/mirror_000001.tar");

  private final Path folder;
  private final Path file;
  private final AtomicLong read = new AtomicLong();

  VerifierTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.file = Files.copy(SAMPLE, folder.resolve("mirror_000001.tar"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
  }

  @Test
  void readsOnceWhatNobodyTouches() throws IOException {
    Arrival arrival = arrival();

    Verified first = verify(arrival);
    Verified second = verify(arrival);

    assertThat(second.identity()).isEqualTo(first.identity());
    assertThat(read).hasValue(Files.size(file));
  }

  @Test
  void readsAgainAndAcceptsWhatWasOnlyTouched() throws IOException {
    Arrival arrival = arrival();
    Verified before = verify(arrival);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    Verified after = verify(arrival);

    assertThat(after.identity()).isEqualTo(before.identity());
    assertThat(after.arrival().files()).containsExactly(ArchiveFile.of(file));
    assertThat(read).hasValue(2 * Files.size(file));
  }

  @Test
  void acceptsTheSameFileWithAnotherInode() throws IOException {
    Arrival arrival = arrival();
    verify(arrival);

    Path copy = Files.copy(file, folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    Verified after = verify(arrival);

    assertThat(after.arrival().files()).containsExactly(ArchiveFile.of(file));
    assertThat(after.arrival().files()).isNotEqualTo(arrival.files());
  }

  @Test
  void refusesOtherBytesUnderTheSameTime() throws IOException {
    Arrival arrival = arrival();
    verify(arrival);

    rewrite();

    assertThatThrownBy(() -> verify(arrival))
        .isInstanceOfSatisfying(Rejected.class, VerifierTest::changed);
  }

  @Test
  void refusesAnotherFileWithoutReadingIt() throws IOException {
    Arrival arrival = arrival();

    Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);

    assertThatThrownBy(() -> verify(arrival))
        .isInstanceOfSatisfying(Rejected.class, VerifierTest::changed);
    assertThat(read).hasValue(0);
  }

  @Test
  void refusesWhatIsRewrittenWhileItIsRead() throws IOException {
    Arrival arrival = arrival();
    Verifier verifier =
        new Verifier(
            Limits.standard(),
            (id, bytes) -> {
              if (read.addAndGet(bytes) == bytes) {
                rewrite();
              }
            });

    assertThatThrownBy(() -> verifier.verify(arrival))
        .isInstanceOfSatisfying(Rejected.class, VerifierTest::changed);
  }

  @Test
  void believesAChecksumFileThatWasReplacedWhileItRead() throws IOException {
    Arrival arrival = promised("b".repeat(64));
    Files.writeString(sidecar(), Digest.of(Files.readAllBytes(file)).hex() + "  mirror_000001.tar");

    Verified verified = verify(arrival);

    assertThat(verified.scan().refusal()).isEmpty();
    assertThat(verified.arrival().checksums()).isEqualTo(Sidecars.of(file, arrival.files()));
  }

  @Test
  void refusesWhatStillDiffersAfterTheChecksumFileWasReplaced() throws IOException {
    Arrival arrival = promised("b".repeat(64));
    Files.writeString(sidecar(), "c".repeat(64) + "  mirror_000001.tar");

    assertThat(verify(arrival).scan().refusal())
        .hasValueSatisfying(
            why -> {
              assertThat(why.code()).isEqualTo(Code.SIDECAR_MISMATCH);
              assertThat(why.sentence()).contains("c".repeat(64));
            });
  }

  private Path sidecar() {
    return folder.resolve("mirror_000001.tar.sha256");
  }

  private Arrival promised(String hex) throws IOException {
    Files.writeString(sidecar(), hex + "  mirror_000001.tar");
    Arrival arrival = arrival();
    return arrival.promised(Sidecars.of(file, arrival.files()));
  }

  @Test
  void parksWhileTheMediumIsOut() throws IOException {
    Arrival arrival = arrival();
    Files.move(file, folder.resolve("away"));

    assertThatThrownBy(() -> verify(arrival))
        .isInstanceOfSatisfying(
            Parked.class, parked -> assertThat(parked.code()).isEqualTo(Code.MEDIA_UNREADABLE));
  }

  private static void changed(Rejected refused) {
    assertThat(refused.code()).isEqualTo(Code.CHANGED_DURING_READ);
  }

  /** Flips a bit in place and sets the time back. */
  private void rewrite() {
    try {
      FileTime before = Files.getLastModifiedTime(file);
      byte[] bytes = Files.readAllBytes(file);
      bytes[300] ^= 1;
      Files.write(file, bytes);
      Files.setLastModifiedTime(file, before);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Verified verify(Arrival arrival) {
    return new Verifier(Limits.standard(), (id, bytes) -> read.addAndGet(bytes)).verify(arrival);
  }

  private Arrival arrival() throws IOException {
    return new Arrival(
        "id",
        "mirror_000001.tar",
        file,
        List.of(ArchiveFile.of(file)),
        false,
        Checksums.NONE,
        Set.of(),
        folder.resolve("work"),
        List.of("site"));
  }
}
