package landfall.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import landfall.folders.Relocation;

/**
 * Where an archive stands, read from the ledger's file and not through Landfall.
 *
 * @param ends how often the ledger says one of its deliveries came to an end
 * @param parks how often it was parked
 * @param retries how often an image was tried again after a failure of its own
 * @param failures images that were not delivered
 */
record Standing(
    String id,
    String state,
    String code,
    String step,
    boolean finished,
    int ends,
    int parks,
    int retries,
    int failures) {
  private static final int ATTEMPTS = 20;
  private static final String QUERY =
      """
      SELECT a.id, d.state, d.code, d.step, a.finished,
        (SELECT COUNT(*) FROM event e WHERE e.archive = a.id AND e.what IN
          ('DELIVERED', 'DELIVERED_WITH_FAILURES', 'DUPLICATE', 'QUARANTINED', 'DISCARDED')) AS ends,
        (SELECT COUNT(*) FROM event e WHERE e.archive = a.id AND e.what = 'PARKED') AS parks,
        (SELECT COUNT(*) FROM event e WHERE e.archive = a.id AND e.what = 'TRIED_AGAIN') AS retries,
        (SELECT COUNT(*) FROM image i WHERE i.archive = a.id AND i.outcome NOT IN
          ('pushed', 'alreadyThere')) AS failures
      FROM archive a JOIN delivery d ON d.archive = a.id WHERE a.name = ? ORDER BY a.sequence
      """;

  /**
   * Of all archives of that name, oldest first; none while the ledger is being made.
   *
   * @throws IllegalStateException when it cannot be read for two seconds
   */
  static List<Standing> all(Path state, String name) {
    Path file = state.resolve("ledger.db");
    for (int attempt = 0; Files.exists(file); attempt++) {
      try {
        return read("jdbc:sqlite:file:" + file + "?mode=ro&busy_timeout=2000", name);
      } catch (SQLException failed) {
        if (String.valueOf(failed.getMessage()).contains("no such table")) {
          return List.of();
        }
        if (isTornOff(failed)) {
          return ofCopy(state, name);
        }
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException(file + " cannot be read", failed);
        }
        LockSupport.parkNanos(100_000_000);
      }
    }
    return List.of();
  }

  /** A reader that may not write cannot take back what a power cut left half written. */
  private static boolean isTornOff(SQLException failed) {
    return String.valueOf(failed.getMessage()).contains("readonly database");
  }

  private static List<Standing> ofCopy(Path state, String name) {
    try {
      Path copy = Files.createTempDirectory("ledger");
      try (Stream<Path> files = Files.list(state)) {
        for (Path file : files.filter(each -> named(each).startsWith("ledger.db")).toList()) {
          Files.copy(file, copy.resolve(named(file)));
        }
        return read("jdbc:sqlite:" + copy.resolve("ledger.db"), name);
      } catch (SQLException failed) {
        if (String.valueOf(failed.getMessage()).contains("no such table")) {
          return List.of();
        }
        throw new IllegalStateException(copy + " cannot be read", failed);
      } finally {
        Relocation.deleteTree(copy);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String named(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Hours from the earliest to the latest event, by the clock Landfall had. */
  static long hoursOfEvents(Path state) {
    String url = "jdbc:sqlite:file:" + state.resolve("ledger.db") + "?mode=ro&busy_timeout=2000";
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement query =
            connection.prepareStatement("SELECT (MAX(at) - MIN(at)) / 3600000 FROM event");
        ResultSet row = query.executeQuery()) {
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static List<Standing> read(String url, String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, name);
      return read(query.executeQuery());
    }
  }

  private static List<Standing> read(ResultSet rows) throws SQLException {
    List<Standing> all = new ArrayList<>();
    while (rows.next()) {
      all.add(
          new Standing(
              rows.getString("id"),
              rows.getString("state"),
              rows.getString("code"),
              rows.getString("step"),
              rows.getLong("finished") > 0,
              rows.getInt("ends"),
              rows.getInt("parks"),
              rows.getInt("retries"),
              rows.getInt("failures")));
    }
    return all;
  }
}
