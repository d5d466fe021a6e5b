package landfall.campaign;

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
        return read(file, name);
      } catch (SQLException failed) {
        if (String.valueOf(failed.getMessage()).contains("no such table")) {
          return List.of();
        }
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException(file + " cannot be read", failed);
        }
        LockSupport.parkNanos(100_000_000);
      }
    }
    return List.of();
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

  private static List<Standing> read(Path file, String name) throws SQLException {
    String url = "jdbc:sqlite:file:" + file + "?mode=ro&busy_timeout=2000";
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
