package landfall.push;

import java.util.List;
import landfall.ledger.Notes;
import landfall.ledger.Notes.Note;
import landfall.plan.Plan;
import landfall.plan.candidate.Attribution;

/** Keeps in the ledger what a receipt will tell of a plan beside its images. */
final class PlanNotes {
  private final Notes notes;

  PlanNotes(Notes notes) {
    this.notes = notes;
  }

  void write(Plan plan) {
    String target = plan.target().name();
    notes.replace(plan.archive(), target, Notes.Kind.UNCLAIMED, unclaimed(plan));
    notes.replace(plan.archive(), target, Notes.Kind.ATTRIBUTION, attributions(plan));
  }

  private static List<Note> unclaimed(Plan plan) {
    return plan.unclaimed().stream()
        .map(link -> new Note(link.repository() + ":" + link.tag(), link.digest().toString()))
        .toList();
  }

  private static List<Note> attributions(Plan plan) {
    return plan.stream()
        .filter(image -> image.claims().get(0).attribution() != Attribution.STATED)
        .map(
            image ->
                new Note(
                    image.destination().toString(), image.claims().get(0).attribution().word()))
        .toList();
  }
}
