package landfall.publish;

import java.util.Locale;
import landfall.ledger.Notes.Note;

/**
 * One thing a publication changed in what an admin applies.
 *
 * @param file in {@code cluster-resources}
 * @param change what, as people read it
 * @param drains whether nodes may be drained when the file is applied
 */
public record Change(String file, String change, boolean drains) {
  private static final String DRAINS = "drains ";
  private static final String STAYS = "stays ";

  /** As the ledger keeps it. */
  public static Change of(Note note) {
    boolean drains = note.text().startsWith(DRAINS);
    return new Change(
        note.name().split(" ", 2)[0], note.text().substring(note.text().indexOf(' ') + 1), drains);
  }

  /**
   * For the ledger.
   *
   * @param key tells it from other changes of the file
   */
  public Note note(String key) {
    return new Note(
        String.format(Locale.ROOT, "%s %s", file, key), (drains ? DRAINS : STAYS) + change);
  }
}
