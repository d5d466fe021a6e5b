package landfall.ledger.opening;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import landfall.image.Digest;

/**
 * Looks into a ledger without leaving a trace: takes no lock, makes no file, migrates nothing, and
 * rather knows nothing than disturb who works with it.
 */
public final class Glimpse {
  private static final String DELIVERED =
      "SELECT DISTINCT digest FROM image WHERE target = ? AND digest <> '' AND outcome IN"
          + " ('pushed', 'alreadyThere')";

  private Glimpse() {}

  /**
   * The manifests that a target was given.
   *
   * @param file the ledger's
   * @return empty when there is no ledger, or none that can be read in passing
   */
  public static Optional<Set<Digest>> delivered(Path file, String target) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (Connection connection = DriverManager.getConnection(url(file));
        PreparedStatement query = connection.prepareStatement(DELIVERED)) {
      query.setString(1, target);
      return Optional.of(digests(query));
    } catch (SQLException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static Set<Digest> digests(PreparedStatement query) throws SQLException {
    Set<Digest> digests = new HashSet<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        digests.add(Digest.parse(rows.getString(1)));
      }
    }
    return digests;
  }

  /**
   * While nobody has the ledger open its one file says all, and SQLite is told that it will not
   * change: else it would make files beside it. While somebody has, those files are there.
   */
  private static String url(Path file) {
    boolean shared = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
    return "jdbc:sqlite:" + file.toUri() + (shared ? "?mode=ro" : "?immutable=1");
  }
}
