package landfall.rebuild;

import java.util.List;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.ImageRow;
import landfall.ledger.Notes;
import landfall.ledger.State;

/**
 * One archive as the ledger will know it again.
 *
 * @param there whether its bytes are still there
 */
record Restored(
    ArchiveRow archive,
    List<DeliveryRow> deliveries,
    List<ImageRow> images,
    List<DeliveryNotes> notes,
    List<String> history,
    boolean there) {
  Restored {
    deliveries = List.copyOf(deliveries);
    images = List.copyOf(images);
    notes = List.copyOf(notes);
    history = List.copyOf(history);
  }

  State state() {
    return State.worst(deliveries.stream().map(DeliveryRow::state).toList());
  }

  Restored with(List<DeliveryRow> otherDeliveries, List<ImageRow> otherImages) {
    return new Restored(archive, otherDeliveries, otherImages, notes, history, there);
  }

  /** What a delivery's receipt says beside its images. */
  record DeliveryNotes(String target, Notes.Kind kind, List<Notes.Note> notes) {
    DeliveryNotes {
      notes = List.copyOf(notes);
    }
  }
}
