package landfall.rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import landfall.folders.DurableFile;

/** The ledger's file as a thing that is put aside and put in place. */
final class LedgerFile {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path file;

  LedgerFile(Path file) {
    this.file = file;
  }

  /**
   * Puts the old one aside, with its log, and the new one in its place. The old one goes first: who
   * finds no ledger refuses to start, and a log that stayed behind would spoil the new one.
   *
   * @return where the old one lies now
   */
  Optional<Path> replaceBy(Path made, Instant now) throws IOException {
    Path folder = DurableFile.folderOf(file);
    Path kept = free(folder.resolve("ledger-damaged-" + TIME.format(now) + ".db"));
    boolean any = false;
    for (String ending : List.of("", "-wal", "-shm")) {
      Path old = file.resolveSibling(file.getFileName() + ending);
      if (Files.exists(old)) {
        Files.move(
            old, kept.resolveSibling(kept.getFileName() + ending), StandardCopyOption.ATOMIC_MOVE);
        any = true;
      }
    }
    DurableFile.syncFolder(folder);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    DurableFile.syncFolder(folder);
    return any ? Optional.of(kept) : Optional.empty();
  }

  private static Path free(Path wanted) throws IOException {
    if (Files.exists(wanted)
        || Files.exists(wanted.resolveSibling(wanted.getFileName() + "-wal"))) {
      throw new IOException(wanted + " exists already; run the rebuild again in a second");
    }
    return wanted;
  }
}
