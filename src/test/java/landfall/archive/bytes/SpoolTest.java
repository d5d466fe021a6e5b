package landfall.archive.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.folders.DiskFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private final Path folder;

  SpoolTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void tellsAFullDiskFromAnIllOne() {
    assertThat(DiskFault.of(folder, new IOException("No space left on device")).code())
        .isEqualTo(Code.LOCAL_DISK_FULL);
    assertThat(DiskFault.of(folder, new IOException("Disk quota exceeded")).code())
        .isEqualTo(Code.LOCAL_DISK_FULL);
    assertThat(DiskFault.of(folder, new IOException("Input/output error")).code())
        .isEqualTo(Code.LOCAL_IO);
  }

  @Test
  void keepsWhatPasses() throws IOException {
    Path path = folder.resolve("spool.tar");
    byte[] into = new byte[3];
    Spool.clear(path);

    try (Spool spool = Spool.begin(feed("abc"), path, () -> 0)) {
      assertThat(spool.read(into, 0, 3)).isEqualTo(3);
      spool.finish();
    }

    assertThat(path).hasContent("abc");
    assertThat(into).containsExactly('a', 'b', 'c');
  }

  @Test
  void startsOverAfterAnEarlierRun() throws IOException {
    Path path = Files.writeString(folder.resolve("spool.tar"), "left over");

    long free = Spool.clear(path);

    assertThat(path).doesNotExist();
    assertThat(free).isPositive();
  }

  @Test
  void leavesNothingOfAHalfSpool() {
    Path path = folder.resolve("spool.tar");
    Spool spool = Spool.begin(feed("abc"), path, () -> 0);
    spool.read(new byte[2], 0, 2);

    spool.discard();

    assertThat(path).doesNotExist();
  }

  @Test
  void parksWhereItCannotWrite() {
    Spool spool = Spool.begin(feed("abc"), folder.resolve("spool.tar"), () -> 0);
    spool.close();

    assertThatThrownBy(() -> spool.read(new byte[3], 0, 3)).isInstanceOf(Parked.class);
  }

  private static Feed feed(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8))::read;
  }
}
