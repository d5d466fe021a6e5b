package landfall.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.fake.Disk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceTest {
  private static final long MIB = 1 << 20;

  private final Path folder;

  SpaceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void reservesATwentiethAndNeverMoreThanAQuarterGibibyte() {
    assertThat(new Space(folder, 100 * MIB, 50 * MIB).reserve()).isEqualTo(5 * MIB);
    assertThat(new Space(folder, 100 * MIB, 50 * MIB).spare()).isEqualTo(45 * MIB);
    assertThat(new Space(folder, 100 * MIB, 4 * MIB).spare()).isZero();
    assertThat(new Space(folder, 1L << 40, 1L << 39).reserve()).isEqualTo(256 * MIB);
  }

  @Test
  void doesNotLimitWhatSaysNothingOfItself() {
    assertThat(new Space(folder, 0, 0).spare()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void looksAtTheNearestFolderThatExists() throws IOException {
    assertThat(Space.of(folder.resolve("not/made/yet")).total())
        .isEqualTo(Space.of(folder).total());
  }

  @Test
  void tellsInItsFaultWhatIsNeededWhere() {
    assertThatThrownBy(() -> Space.require(folder, Long.MAX_VALUE / 2))
        .isInstanceOfSatisfying(
            Parked.class,
            parked -> {
              DiskFault fault = DiskFault.behind(parked.code(), parked.evidence()).orElseThrow();
              assertThat(fault)
                  .isEqualTo(new DiskFault(Code.LOCAL_DISK_FULL, folder, Long.MAX_VALUE / 2));
              assertThat(fault.lasts()).isTrue();
            });
  }

  @Test
  void findsAWellDiskWell() {
    assertThat(new DiskFault(Code.LOCAL_DISK_FULL, folder, 1).lasts()).isFalse();
    assertThat(new DiskFault(Code.LOCAL_IO, folder, 1).lasts()).isFalse();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leavesTheReserveOfASmallDiskAlone() throws IOException {
    Path small = folder.resolve("small");
    try (Disk disk = Disk.memory(small, 10)) {
      assertThatThrownBy(() -> DurableFile.write(small.resolve("file"), SpaceTest::endless))
          .isInstanceOfSatisfying(
              Parked.class,
              parked -> {
                DiskFault fault = DiskFault.behind(parked.code(), parked.evidence()).orElseThrow();
                assertThat(fault.code()).isEqualTo(Code.LOCAL_DISK_FULL);
                assertThat(fault.needed()).isGreaterThan(9 * MIB);
                assertThat(fault.lasts()).isTrue();
              });
      assertThat(small).isEmptyDirectory();

      disk.fill(MIB / 4);

      assertThatThrownBy(() -> DurableFile.write(small.resolve("file"), new byte[1]))
          .isInstanceOf(Parked.class);
      disk.free();
      DurableFile.write(small.resolve("file"), new byte[1]);
      assertThat(Files.size(small.resolve("file"))).isEqualTo(1);
    }
  }

  private static void endless(OutputStream out) throws IOException {
    byte[] piece = new byte[65536];
    while (true) {
      out.write(piece);
    }
  }
}
