package landfall.ledger.opening;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.folders.DiskFault;
import landfall.ledger.LedgerFault;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Looks a ledger's file over before it is worked with, and brings it up to date. */
public final class Opening {
  private static final int FINDINGS = 3;

  private final Path file;
  private final HikariDataSource pool;
  private final Flyway flyway;

  private Opening(Path file, HikariDataSource pool) {
    this.file = file;
    this.pool = pool;
    this.flyway = Flyway.configure().dataSource(pool).load();
  }

  /**
   * Opens the file for the process that does the work.
   *
   * @param remains what lies in the data folder that only a ledger explains; empty = it may be new
   */
  public static HikariDataSource forWork(Path file, Optional<String> remains) {
    boolean blank = file.toFile().length() == 0;
    if (blank && remains.isPresent()) {
      throw LedgerFault.lost(file, remains.get());
    }
    return opened(
        file,
        opening -> {
          opening.check();
          opening.bringUpToDate(remains);
        });
  }

  /** Opens a file that exists, for who only reads and asks. */
  public static HikariDataSource toRead(Path file) {
    return opened(file, Opening::requireCurrent);
  }

  private static HikariDataSource opened(Path file, Looking looking) {
    HikariDataSource pool = guarded(file, () -> pool(file));
    try {
      guarded(
          file,
          () -> {
            looking.look(new Opening(file, pool));
            return pool;
          });
      return pool;
    } catch (RuntimeException refused) {
      pool.close();
      throw refused;
    }
  }

  private static HikariDataSource guarded(Path file, Opened opened) {
    try {
      return opened.pool();
    } catch (SQLException | RuntimeException failed) {
      Optional<SQLException> damage = LedgerFault.damageIn(failed);
      if (damage.isPresent()) {
        throw LedgerFault.damaged(file, damage.get(), false);
      }
      Optional<SQLException> disk = LedgerFault.sqlIn(failed);
      if (disk.isPresent()) {
        throw DiskFault.of(file, new IOException(disk.get().getMessage(), failed));
      }
      if (failed instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(file + " cannot be opened: " + failed.getMessage(), failed);
    }
  }

  private static HikariDataSource pool(Path file) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setJdbcUrl(
        "jdbc:sqlite:"
            + file
            + "?journal_mode=WAL&busy_timeout=10000&synchronous=FULL&foreign_keys=true"
            + "&transaction_mode=IMMEDIATE");
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }

  /** Compares every index with its table too: a flipped byte in a key shows nowhere else. */
  private void check() throws SQLException {
    List<String> findings = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check(" + FINDINGS + ")")) {
      while (rows.next()) {
        findings.addAll(rows.getString(1).lines().toList());
      }
    }
    if (!findings.equals(List.of("ok"))) {
      throw LedgerFault.damaged(
          file, String.join("; ", findings.subList(0, Math.min(FINDINGS, findings.size()))));
    }
  }

  private void bringUpToDate(Optional<String> remains) throws SQLException {
    boolean blank = isBlank();
    if (blank && remains.isPresent()) {
      throw LedgerFault.lost(file, remains.get());
    }
    try {
      refuseNewer();
      MigrationInfo[] pending = flyway.info().pending();
      if (!blank && pending.length > 0) {
        new Backup(file).before(pending[0].getVersion(), pool);
      }
      flyway.migrate();
    } catch (FlywayException refused) {
      if (LedgerFault.sqlIn(refused).isPresent()) {
        throw refused;
      }
      throw LedgerFault.foreign(file, refused);
    }
  }

  private void requireCurrent() throws SQLException {
    if (isBlank()) {
      throw LedgerFault.unfinished(file);
    }
    refuseNewer();
    if (flyway.info().pending().length > 0) {
      throw LedgerFault.older(file);
    }
  }

  private boolean isBlank() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM sqlite_master")) {
      return rows.next() && rows.getLong(1) == 0;
    }
  }

  /** Flyway itself would go on with a schema it does not know. */
  private void refuseNewer() {
    Stream.of(flyway.info().all())
        .filter(migration -> !migration.getState().isResolved())
        .map(MigrationInfo::getVersion)
        .filter(version -> version != null)
        .map(MigrationVersion::getVersion)
        .reduce((before, after) -> after)
        .ifPresent(
            version -> {
              throw LedgerFault.newer(file, "V" + version);
            });
  }

  /** What is done with a file before it is worked with. */
  private interface Looking {
    void look(Opening opening) throws SQLException;
  }

  /** Something that gives the pool. */
  private interface Opened {
    HikariDataSource pool() throws SQLException;
  }
}
