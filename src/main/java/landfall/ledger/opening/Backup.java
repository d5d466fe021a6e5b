package landfall.ledger.opening;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import landfall.folders.DiskFault;
import landfall.folders.DurableFile;
import landfall.folders.Force;
import landfall.ledger.LedgerFault;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a copy of a ledger before its shape changes; without one nothing changes. */
final class Backup {
  private static final Logger LOG = LoggerFactory.getLogger(Backup.class);
  private static final Pattern NAME = Pattern.compile("ledger-before-V([0-9.]+)\\.db");
  private static final int KEPT = 3;
  private static final int SQLITE_FULL = 13;

  private final Path file;
  private final Path folder;

  Backup(Path file) {
    this.file = file;
    this.folder = DurableFile.folderOf(file);
  }

  /**
   * Copies the ledger to {@code ledger-before-V<version>.db} beside it.
   *
   * @throws landfall.failure.Parked LOCAL_DISK_FULL or LOCAL_IO when the disk refuses
   */
  void before(MigrationVersion version, DataSource ledger) throws SQLException {
    Path copy = folder.resolve("ledger-before-V" + version.getVersion() + ".db");
    Path partial = folder.resolve("." + copy.getFileName() + ".part");
    try {
      Files.deleteIfExists(partial); // left by a crash
      copy(ledger, partial);
      sync(partial);
      Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
      DurableFile.syncFolder(folder);
      LOG.info("{} is changed to V{}; it is kept as it was in {}", file, version, copy);
      deleteOldest();
    } catch (IOException failed) {
      throw DiskFault.of(copy, failed);
    }
  }

  private static void copy(DataSource ledger, Path partial) throws SQLException, IOException {
    try (Connection connection = ledger.getConnection();
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, partial.toString());
      vacuum.execute();
    } catch (SQLException failed) {
      Files.deleteIfExists(partial);
      if (LedgerFault.damageIn(failed).isPresent()) {
        throw failed;
      }
      throw new IOException(
          failed.getMessage() + (isFull(failed) ? " (no space left)" : ""), failed);
    }
  }

  private static boolean isFull(SQLException failed) {
    return failed.getErrorCode() == SQLITE_FULL;
  }

  private static void sync(Path written) throws IOException {
    try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
      Force.file(channel, written);
    }
  }

  private void deleteOldest() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> old =
          entries
              .filter(path -> NAME.matcher(String.valueOf(path.getFileName())).matches())
              .sorted(Comparator.comparing(Backup::version).reversed())
              .skip(KEPT)
              .toList();
      for (Path path : old) {
        Files.delete(path);
      }
    }
  }

  private static MigrationVersion version(Path backup) {
    Matcher name = NAME.matcher(String.valueOf(backup.getFileName()));
    return MigrationVersion.fromVersion(name.matches() ? name.group(1) : "0");
  }
}
