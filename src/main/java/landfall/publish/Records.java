package landfall.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import landfall.ledger.ImageRow;
import landfall.ledger.Ledger;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.plan.candidate.Destination;
import landfall.publish.resource.Delivered;
import landfall.publish.resource.Delivery;
import landfall.publish.resource.ReleaseSignature;
import landfall.target.Target;

/** Reads from the ledger what was delivered, and what came with it for cluster resources. */
final class Records {
  private final Ledger ledger;
  private final SortedSet<String> warnings = new TreeSet<>();

  Records(Ledger ledger) {
    this.ledger = ledger;
  }

  /** What cannot be used of it. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** What one archive brought to a target. */
  Delivery ofArchive(String archive, Target target) {
    List<ImageRow> images =
        ledger.images().of(archive, target.name()).stream()
            .filter(image -> image.fate().delivered())
            .toList();
    return delivery(images, target, kind -> ledger.notes().of(archive, target.name(), kind));
  }

  /** What all archives brought to a target. */
  Delivery ofSite(Target target) {
    return delivery(
        ledger.images().deliveredTo(target.name()), target, kind -> notes(target, kind));
  }

  /** A template counts where its own archive brought the catalog; a signature is its digest's. */
  private List<Note> notes(Target target, Kind kind) {
    return kind == Kind.TEMPLATE
        ? ledger.notes().ofDelivered(target.name(), kind)
        : ledger.notes().ofTarget(target.name(), kind);
  }

  private Delivery delivery(
      List<ImageRow> images, Target target, Function<Kind, List<Note>> notes) {
    Set<String> there = images.stream().map(ImageRow::destination).collect(Collectors.toSet());
    List<ReleaseSignature> signatures = new ArrayList<>();
    for (Note note : notes.apply(Kind.SIGNATURE)) {
      String destination = note.text().substring(0, Math.max(0, note.text().indexOf(' ')));
      if (there.contains(destination)) {
        signature(note, Destination.parse(destination), signatures);
      }
    }
    Map<Destination, String> templates = new HashMap<>();
    notes.apply(Kind.TEMPLATE).stream()
        .filter(note -> there.contains(note.name()))
        .forEach(note -> templates.put(Destination.parse(note.name()), note.text()));
    return new Delivery(
        images.stream().flatMap(row -> Delivered.of(row, target.registry()).stream()).toList(),
        signatures,
        templates);
  }

  private void signature(Note note, Destination image, List<ReleaseSignature> signatures) {
    try {
      signatures.add(
          ReleaseSignature.of(
              image, note.name(), note.text().substring(note.text().indexOf(' ') + 1)));
    } catch (IllegalArgumentException malformed) {
      warnings.add(
          "the release signature "
              + note.name()
              + " of "
              + image
              + " is not published: "
              + malformed.getMessage());
    }
  }
}
