package landfall.report;

import java.util.List;
import landfall.arrive.Arrival;
import landfall.ledger.Ledger;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.ledger.Step;
import landfall.ledger.Work;
import landfall.open.History;
import landfall.open.Opened;
import landfall.verify.Verified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into the ledger at which step a delivery is and what the steps found out. */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Ledger ledger;

  public Journal(Ledger ledger) {
    this.ledger = ledger;
  }

  /** A step begins. */
  public void begin(Work work, Step step) {
    LOG.info("{} {} for {}", work.archive(), step, String.join(", ", work.targets()));
    ledger.deliveries().step(work.archive(), work.targets(), step);
  }

  /** The bytes are known, and of which stats they are. */
  public void verified(Verified verified) {
    Arrival arrival = verified.arrival();
    boolean asRecorded =
        ledger.archives().byId(arrival.id()).stream()
            .anyMatch(
                row ->
                    row.files().equals(arrival.files())
                        && row.promises().equals(arrival.checksums().toJson()));
    if (!asRecorded) {
      ledger
          .archives()
          .locate(arrival.id(), arrival.source(), arrival.files(), arrival.checksums().toJson());
    }
    ledger.archives().identify(verified.archive(), verified.identity());
  }

  public void opened(Opened opened) {
    ledger.archives().describe(opened.archive(), opened.producer(), opened.differential());
    List<Note> written =
        History.newest(opened).stream().map(time -> new Note("newest", time.toString())).toList();
    opened
        .targets()
        .forEach(target -> ledger.notes().replace(opened.archive(), target, Kind.WRITTEN, written));
  }
}
