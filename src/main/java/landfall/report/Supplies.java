package landfall.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.archive.Contents;
import landfall.failure.Code;
import landfall.image.Digest;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.ledger.Work;
import landfall.open.Opened;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the way of content that came by itself (an OCI image layout, a file named by its digest):
 * says which held archives lack it and lets those look again. It stays where kept archives lie; no
 * image is pushed for it.
 */
public final class Supplies {
  private static final Logger LOG = LoggerFactory.getLogger(Supplies.class);
  private static final int SHOWN = 10;

  private final Ledger ledger;

  public Supplies(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Writes down what it is good for, at every target it came for. */
  public Work settle(Opened supply) {
    supply.targets().forEach(target -> settle(supply, target));
    return supply;
  }

  private void settle(Opened supply, String target) {
    List<DeliveryRow> held =
        ledger.deliveries().in(State.HELD).stream()
            .filter(row -> row.target().equals(target))
            .filter(row -> row.reason().filter(why -> why.code() == Code.BLOB_MISSING).isPresent())
            .toList();
    String sentence = sentence(supply.contents(), held);
    LOG.info("{} for {}: {}", supply.archive(), target, sentence);
    ledger.together(
        () -> {
          ledger
              .notes()
              .replace(
                  supply.archive(), target, Kind.SUPPLY, List.of(new Note("sentence", sentence)));
          ledger
              .deliveries()
              .move(supply.archive(), List.of(target), State.DELIVERED, Optional.empty());
          held.forEach(
              row -> ledger.deliveries().resume(row.archive(), List.of(target), "landfall"));
        });
  }

  private static String sentence(Contents contents, List<DeliveryRow> held) {
    List<String> helped = new ArrayList<>();
    for (DeliveryRow row : held) {
      long found =
          row.reason().stream()
              .flatMap(why -> missing(why).stream())
              .filter(digest -> contents.blob(digest).isPresent())
              .count();
      if (found > 0) {
        helped.add(row.archive() + " (" + found + " of what is listed as missing)");
      }
    }
    String pieces = "brings " + contents.census().blobs() + " pieces of content and no image; ";
    if (helped.isEmpty()) {
      return pieces + "no held archive lists any of it as missing; it is kept with its receipt";
    }
    String more = helped.size() > SHOWN ? " and " + (helped.size() - SHOWN) + " more" : "";
    return pieces
        + "it has what these held archives lack: "
        + String.join(", ", helped.subList(0, Math.min(SHOWN, helped.size())))
        + more;
  }

  /** The digests a held delivery names, which are not all where they are very many. */
  private static List<Digest> missing(Reason why) {
    return why.evidence().stream()
        .map(line -> line.split(" ", 2)[0])
        .filter(word -> word.startsWith("sha256:"))
        .map(Digest::parse)
        .toList();
  }
}
