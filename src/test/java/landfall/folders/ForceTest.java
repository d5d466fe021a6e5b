package landfall.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import landfall.failure.Code;
import landfall.failure.Parked;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ForceTest {
  /** A file that takes bytes and cannot be brought to any disk. */
  private static final Path NOT_ON_A_DISK = Path.of("/dev/null");

  @Test
  void asksToStopWhenADiskFailsTwice() throws IOException {
    Assumptions.assumeTrue(Files.exists(NOT_ON_A_DISK));
    List<Parked> told = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(NOT_ON_A_DISK, StandardOpenOption.WRITE)) {
      Force.onDistrust(told::add);

      assertThatThrownBy(() -> Force.file(channel, NOT_ON_A_DISK)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Force.file(channel, NOT_ON_A_DISK)).isInstanceOf(IOException.class);

      assertThat(told).isNotEmpty().extracting(Parked::code).containsOnly(Code.LOCAL_IO);
    } finally {
      Force.onDistrust(nobody -> {});
    }
  }
}
