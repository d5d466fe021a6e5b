package landfall.push;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import landfall.ledger.Ledger;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.plan.Plan;
import landfall.plan.candidate.Attribution;
import landfall.plan.candidate.Companion;

/** Writes down what a plan knows beside its images, before anything is pushed. */
final class Papers {
  private final Ledger ledger;

  Papers(Ledger ledger) {
    this.ledger = ledger;
  }

  void keep(Plan plan) {
    ledger.together(() -> keepAll(plan));
  }

  private void keepAll(Plan plan) {
    replace(plan, Kind.WARNING, Note.numbered(Note.OF_PLAN, plan.warnings()));
    Map<String, Note> signatures = new TreeMap<>();
    Map<String, Note> templates = new TreeMap<>();
    Map<String, Note> versions = new TreeMap<>();
    for (Companion companion : plan.companions()) {
      String image = companion.image().toString();
      switch (companion.kind()) {
        case RELEASE_SIGNATURE ->
            signatures.put(
                companion.name(), new Note(companion.name(), image + " " + companion.content()));
        case CATALOG_SOURCE_TEMPLATE -> templates.put(image, new Note(image, companion.content()));
        case CATALOG_VERSIONS -> versions.put(image, new Note(image, companion.content()));
      }
    }
    replace(plan, Kind.SIGNATURE, signatures.values());
    replace(plan, Kind.TEMPLATE, templates.values());
    replace(plan, Kind.VERSIONS, versions.values());
    replace(plan, Kind.UNCLAIMED, unclaimed(plan));
    replace(plan, Kind.ATTRIBUTION, attributions(plan));
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

  private void replace(Plan plan, Kind kind, Collection<Note> all) {
    ledger.notes().replace(plan.archive(), plan.target().name(), kind, List.copyOf(all));
  }
}
