package landfall.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import landfall.image.Digest;

/** What the tags of a registry were brought to by deliveries of this ledger, in that order. */
public final class Tags {
  private static final int AT_A_TIME = 500;

  private static final String QUERY =
      "SELECT image.destination, image.digest, image.archive, archive.identity FROM image JOIN"
          + " delivery ON delivery.archive = image.archive AND delivery.target = image.target JOIN"
          + " archive ON archive.id = image.archive WHERE image.destination IN (<destinations>) AND"
          + " image.tagged > 0 AND (delivery.registry = :host OR delivery.registry LIKE :below"
          + " ESCAPE '!') ORDER BY image.tagged";

  private final Access jdbi;

  Tags(Access jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * That a delivery brought a tag to a digest, or found it there.
   *
   * @param destination {@code repository:tag} below the registry, prefix included
   * @param archive the id of the one that was delivered
   */
  public record Tagged(String destination, Digest digest, String archive) {}

  /**
   * What happened to tags, oldest first; what a target is called does not matter. Bytes that come
   * again tell nothing new, so they count where they came first.
   *
   * @param host {@code host[:port]} of the registry
   */
  public List<Tagged> of(String host, Collection<String> destinations) {
    List<String> all = List.copyOf(destinations);
    List<Tagged> found = new ArrayList<>();
    for (int start = 0; start < all.size(); start += AT_A_TIME) {
      found.addAll(some(host, all.subList(start, Math.min(all.size(), start + AT_A_TIME))));
    }
    return found;
  }

  private List<Tagged> some(String host, List<String> destinations) {
    Set<List<String>> seen = new HashSet<>();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(QUERY)
                .bindList("destinations", destinations)
                .bind("host", host)
                .bind("below", host.replaceAll("[!%_]", "!$0") + "/%")
                .map((row, context) -> read(row))
                .filter(row -> seen.add(row.bytesAndPlace()))
                .map(Row::tagged)
                .list());
  }

  private static Row read(ResultSet row) throws SQLException {
    String archive = row.getString("archive");
    String identity = row.getString("identity");
    return new Row(
        new Tagged(row.getString("destination"), Digest.parse(row.getString("digest")), archive),
        identity.isEmpty() ? archive : identity);
  }

  /**
   * @param bytes what tells archives of other bytes from it
   */
  private record Row(Tagged tagged, String bytes) {
    List<String> bytesAndPlace() {
      return List.of(bytes, tagged.destination(), tagged.digest().toString());
    }
  }
}
