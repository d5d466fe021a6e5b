package landfall.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import landfall.image.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryFileTest {
  private static final Digest ONE = Digest.of(new byte[] {1});
  private static final Digest TWO = Digest.of(new byte[] {2});

  private final Path folder;

  HistoryFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T10:00:00.999Z, , .history-2026-11-24T10:00:00Z",
    "2026-11-24T10:00:00Z, 2026-11-22T17:45:38Z, .history-2026-11-24T10:00:00Z",
    "2026-11-24T10:00:00Z, 2026-11-24T10:00:00Z, .history-2026-11-24T10:00:02Z",
    "2020-01-01T00:00:00Z, 2026-11-22T17:45:38.5Z, .history-2026-11-22T17:45:40Z",
  })
  void isNewerThanAnyThatWasReceivedWhateverTheClockSays(String now, String received, String name) {
    Path file =
        HistoryFile.write(
            folder,
            Instant.parse(now),
            Optional.ofNullable(received).map(Instant::parse),
            List.of());

    assertThat(file.getFileName()).hasToString(name);
  }

  @Test
  void holdsADigestALineAndTakesNoOthersPlace() throws IOException {
    Instant now = Instant.parse("2026-11-24T10:00:00Z");

    Path first = HistoryFile.write(folder, now, Optional.empty(), List.of(ONE, TWO));
    Path second = HistoryFile.write(folder, now, Optional.empty(), List.of(ONE));

    assertThat(Files.readString(first)).isEqualTo(ONE + "\n" + TWO + "\n");
    assertThat(second.getFileName()).hasToString(".history-2026-11-24T10:00:01Z");
  }
}
