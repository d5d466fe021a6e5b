package landfall.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import landfall.ledger.Ledger;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts into the ledger what a receipt says of a publication beside its files. */
final class Remarks {
  private static final Logger LOG = LoggerFactory.getLogger(Remarks.class);

  private final Ledger ledger;

  Remarks(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Puts warnings behind those of the plan; those of an earlier publication go. */
  void warn(String archive, String target, List<String> warnings) {
    warnings.forEach(warning -> LOG.warn("{}: {}", archive, warning));
    List<Note> notes =
        Stream.concat(
                ledger.notes().of(archive, target, Kind.WARNING).stream()
                    .filter(note -> note.name().startsWith(Note.OF_PLAN)),
                Note.numbered(Note.OF_PUBLICATION, warnings).stream())
            .toList();
    ledger.notes().replace(archive, target, Kind.WARNING, notes);
  }

  /**
   * Adds changes to those that were noted before: a crash may have come between note and file, and
   * who publishes again finds the file changed already.
   */
  void changed(String archive, String target, List<Note> changes) {
    Map<String, Note> notes = new LinkedHashMap<>();
    ledger.notes().of(archive, target, Kind.CHANGE).forEach(note -> notes.put(note.name(), note));
    changes.forEach(note -> notes.put(note.name(), note));
    if (!changes.isEmpty()) {
      ledger.notes().replace(archive, target, Kind.CHANGE, new ArrayList<>(notes.values()));
    }
  }
}
