package landfall.dispatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.folders.DiskFault;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Reason;

/** Looks whether a disk of ours, or the medium, that a delivery waits for is well again. */
public final class LocalProbe {
  private static final int PIECE = 4096;
  private static final String FILE = "file: ";
  private static final String BYTE = "byte: ";

  /** Whether a delivery waits for something on this side. */
  public static boolean concerns(DeliveryRow row) {
    return row.reason()
        .map(Reason::code)
        .filter(
            code ->
                code == Code.LOCAL_DISK_FULL
                    || code == Code.LOCAL_IO
                    || code == Code.MEDIA_UNREADABLE)
        .isPresent();
  }

  /**
   * What still keeps a parked delivery, if anything does. An archive that came back as another file
   * keeps it no longer: the next verification says what that means.
   */
  public Optional<Parked> still(DeliveryRow row, ArchiveRow archive) {
    return row.reason().filter(reason -> lasts(reason, archive)).map(LocalProbe::again);
  }

  private static Parked again(Reason reason) {
    return new Parked(reason.code(), reason.sentence(), reason.evidence());
  }

  private static boolean lasts(Reason reason, ArchiveRow archive) {
    if (reason.code() != Code.MEDIA_UNREADABLE) {
      return DiskFault.behind(reason.code(), reason.evidence()).filter(DiskFault::lasts).isPresent()
          || archive.files().stream().map(ArchiveFile::path).anyMatch(LocalProbe::isDenied);
    }
    return archive.files().stream().anyMatch(file -> isUnreadable(file, reason.evidence()));
  }

  private static boolean isDenied(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(file);
  }

  private static boolean isUnreadable(ArchiveFile file, List<String> evidence) {
    try {
      if (ArchiveFile.of(file.path()).resembles(file)) {
        read(file.path(), 0);
        if (evidence.contains(FILE + file.path())) {
          read(file.path(), offset(evidence));
        }
      }
      return false;
    } catch (IOException still) {
      return true;
    }
  }

  private static long offset(List<String> evidence) {
    return evidence.stream()
        .filter(line -> line.startsWith(BYTE))
        .mapToLong(line -> Long.parseLong(line.substring(BYTE.length())))
        .findFirst()
        .orElse(0);
  }

  private static void read(Path file, long offset) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      channel.read(ByteBuffer.allocate(PIECE), offset);
    }
  }
}
