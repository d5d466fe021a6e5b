package landfall.arrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import landfall.failure.Code;
import landfall.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropTest {
  private static final String HEX = "a".repeat(64);

  private final AtomicLong nanos = new AtomicLong();
  private final Path folder;

  DropTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.tar.part",
        "x.tar.filepart",
        "x.tar.tmp",
        ".x.tar",
        "x.tar~",
        "x.tar.crdownload",
        "x.sha256",
        "x.tar.gz.sha256",
        "x.status",
        "lost+found",
        "System Volume Information",
        "x.tar.asc"
      })
  void doesNotTakeAPartialOrAccompanyingNameForAnArchive(String name) {
    assertThat(Drop.candidate(folder, folder.resolve(name))).isEmpty();
  }

  @Test
  void takesAFileOrTheFolderAFileLiesIn() {
    assertThat(Drop.candidate(folder, folder.resolve("x.tar"))).contains(folder.resolve("x.tar"));
    assertThat(Drop.candidate(folder, folder.resolve("run/mirror_000001.tar")))
        .contains(folder.resolve("run"));
  }

  @Test
  void waitsUntilSizeAndTimeStandStill() throws IOException {
    Drop drop = drop(false, Duration.ZERO);
    write("x.tar", "one");
    assertThat(code(drop)).isEqualTo(Code.STILL_COPYING);
    pass(Duration.ofSeconds(9));
    write("x.tar", "two!");
    assertThat(code(drop)).isEqualTo(Code.STILL_COPYING);
    pass(Duration.ofSeconds(9));
    touch("x.tar");
    assertThat(code(drop)).isEqualTo(Code.STILL_COPYING);

    pass(Duration.ofSeconds(10));

    assertThat(drop.look(folder.resolve("x.tar")).ready()).isTrue();
  }

  @Test
  void waitsForARequiredChecksumFileWithoutLimit() throws IOException {
    Drop drop = drop(true, Duration.ofMinutes(5));
    write("x.tar", "one");
    drop.look(folder.resolve("x.tar"));

    pass(Duration.ofDays(3));

    assertThat(code(drop)).isEqualTo(Code.SIDECAR_MISSING);
  }

  @Test
  void waitsForARequiredChecksumFileThatIsEmptyStill() throws IOException {
    write("x.tar", "content");
    write("x.tar.sha256", "");
    Drop drop = drop(true, Duration.ZERO);
    code(drop);

    pass(Duration.ofDays(1));

    assertThat(code(drop)).isEqualTo(Code.SIDECAR_MISSING);
  }

  @Test
  void waitsAWhileForAChecksumFileThatIsNotRequired() throws IOException {
    Drop drop = drop(false, Duration.ofMinutes(5));
    write("x.tar", "one");
    drop.look(folder.resolve("x.tar"));
    pass(Duration.ofMinutes(5));
    assertThat(code(drop)).isEqualTo(Code.SIDECAR_MISSING);

    pass(Duration.ofSeconds(10));

    assertThat(drop.look(folder.resolve("x.tar")).ready()).isTrue();
  }

  @Test
  void startsOnceTheChecksumFileHasComeAndSettled() throws IOException {
    Drop drop = drop(true, Duration.ofMinutes(5));
    write("x.tar", "one");
    drop.look(folder.resolve("x.tar"));
    pass(Duration.ofSeconds(10));
    write("x.sha256", HEX + "  x.tar\n");
    assertThat(code(drop)).isEqualTo(Code.STILL_COPYING);

    pass(Duration.ofSeconds(10));
    Look look = drop.look(folder.resolve("x.tar"));

    assertThat(look.ready()).isTrue();
    assertThat(look.checksums().of("x.tar")).isPresent();
  }

  @Test
  void doesNotFollowALink() throws IOException {
    write("elsewhere", "one");
    Files.createSymbolicLink(folder.resolve("x.tar"), folder.resolve("elsewhere"));

    assertThat(code(drop(false, Duration.ZERO))).isEqualTo(Code.UNSAFE_FILE);
  }

  @Test
  void waitsForTheChunkThatIsMissingByNumber() throws IOException {
    write("x.tar/mirror_000001.tar", "one");
    write("x.tar/mirror_000003.tar", "three");

    Look look = drop(false, Duration.ZERO).look(folder.resolve("x.tar"));

    assertThat(look.waiting().map(Failure::sentence).orElse("")).contains("mirror_000002.tar");
  }

  @Test
  void waitsForTheChunkThatTheChecksumListNames() throws IOException {
    write("x.tar/mirror_000001.tar", "one");
    write("x.tar/SHA256SUMS", HEX + "  mirror_000001.tar\n" + HEX + "  mirror_000002.tar\n");

    Look look = drop(false, Duration.ZERO).look(folder.resolve("x.tar"));

    assertThat(look.waiting().map(Failure::sentence).orElse("")).contains("mirror_000002.tar");
  }

  @Test
  void takesAFolderInTheOrderOfItsNumbers() throws IOException {
    write("x.tar/mirror_000002.tar", "two");
    write("x.tar/mirror_000001.tar", "one");
    write("x.tar/SHA256SUMS", HEX + "  mirror_000001.tar\n" + HEX + "  mirror_000002.tar\n");
    Drop drop = drop(true, Duration.ZERO);
    drop.look(folder.resolve("x.tar"));

    pass(Duration.ofSeconds(10));
    Look look = drop.look(folder.resolve("x.tar"));

    assertThat(look.ready()).isTrue();
    assertThat(look.files())
        .extracting(file -> String.valueOf(file.path().getFileName()))
        .containsExactly("mirror_000001.tar", "mirror_000002.tar");
  }

  @Test
  void waitsWhileAFolderHoldsAPartialFile() throws IOException {
    write("x.tar/mirror_000001.tar", "one");
    write("x.tar/mirror_000002.tar.part", "tw");

    assertThat(code(drop(false, Duration.ZERO))).isEqualTo(Code.CHUNK_MISSING);
  }

  private Drop drop(boolean required, Duration wait) {
    return new Drop(
        new DropRules(Duration.ofSeconds(10), required, wait, Duration.ofHours(24)),
        new Stillness(nanos::get));
  }

  private Code code(Drop drop) {
    return drop.look(folder.resolve("x.tar")).waiting().map(Failure::code).orElseThrow();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent() == null ? folder : file.getParent());
    Files.writeString(file, text);
  }

  private void touch(String name) throws IOException {
    Files.setLastModifiedTime(folder.resolve(name), FileTime.from(Instant.ofEpochSecond(1)));
  }
}
