package landfall.inventory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import landfall.folders.DurableFile;
import landfall.image.Digest;
import landfall.ledger.Ledger;
import landfall.ledger.Notes;
import landfall.ledger.Notes.Note;

/**
 * The file by which oc-mirror remembers what the other side has (AF§1.6): {@code
 * .history-<RFC3339>}, a digest a line. The newest one in a workspace counts, so this one must be
 * newer than every one the workspace has shipped.
 */
public final class HistoryFile {
  private HistoryFile() {}

  /** When the newest thing was written that an archive for a target has carried. */
  public static Optional<Instant> newestReceived(String target, Ledger ledger) {
    return ledger.notes().ofTarget(target, Notes.Kind.WRITTEN).stream()
        .map(Note::text)
        .map(Instant::parse)
        .max(Instant::compareTo);
  }

  /**
   * Writes the file into a folder, whole or not at all; gives its path.
   *
   * @param received what it must be newer than, by a second at least
   */
  public static Path write(
      Path folder, Instant now, Optional<Instant> received, Collection<Digest> held) {
    Instant earliest =
        received
            .map(newest -> newest.truncatedTo(ChronoUnit.SECONDS).plusSeconds(2))
            .orElse(Instant.MIN);
    Instant written = now.truncatedTo(ChronoUnit.SECONDS);
    if (written.isBefore(earliest)) {
      written = earliest;
    }
    while (Files.exists(file(folder, written))) {
      written = written.plusSeconds(1);
    }
    String lines = held.stream().map(digest -> digest + "\n").collect(Collectors.joining());
    DurableFile.write(file(folder, written), lines.getBytes(StandardCharsets.UTF_8));
    return file(folder, written);
  }

  private static Path file(Path folder, Instant written) {
    return folder.resolve(".history-" + written);
  }
}
