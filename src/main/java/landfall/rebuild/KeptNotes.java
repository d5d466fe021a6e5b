package landfall.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.publish.Change;
import landfall.report.Receipt.TargetReport;

/** Notes of one kind that a delivery had. */
record KeptNotes(String target, Kind kind, List<Note> notes) {
  KeptNotes {
    notes = List.copyOf(notes);
  }

  /** Those a receipt tells. */
  static List<KeptNotes> of(TargetReport target) {
    List<Note> changes = new ArrayList<>();
    for (Change change : target.changes()) {
      changes.add(change.note(String.format(Locale.ROOT, "%04d", changes.size())));
    }
    return List.of(
        new KeptNotes(
            target.name(), Kind.WARNING, Note.numbered(Note.OF_PUBLICATION, target.warnings())),
        new KeptNotes(target.name(), Kind.CHANGE, changes));
  }
}
