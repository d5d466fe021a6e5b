package landfall.report;

import java.util.List;
import landfall.ledger.ArchiveRow;
import landfall.ledger.Ledger;
import landfall.ledger.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which ends of archives a webhook has not heard of yet: in the ledger, so that a crash
 * forgets none. One may be told twice, never not at all while somebody listens.
 */
public final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  /** The event of an end that is to be told. */
  static final String DUE = "NOTICE_DUE";

  private static final String TOLD = "NOTICED";

  private final Ledger ledger;

  public Notices(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Archives that have ended and of which nobody was told. */
  public List<Work> due() {
    return ledger.events().open(DUE, TOLD).stream()
        .flatMap(id -> ledger.archives().byId(id).stream())
        .filter(archive -> archive.finished().isPresent())
        .<Work>map(Ended::new)
        .toList();
  }

  public void told(String archive) {
    ledger.events().add(archive, "landfall", TOLD, "");
  }

  /** Nobody listens: it is not tried again, and never changes a result. */
  public void giveUp(String archive, Throwable why) {
    LOG.warn("the webhook was not told of {}: {}", archive, String.valueOf(why.getMessage()));
    ledger.events().add(archive, "landfall", TOLD, "nobody listened: " + why.getMessage());
  }

  private record Ended(ArchiveRow row) implements Work {
    @Override
    public String archive() {
      return row.id();
    }

    @Override
    public List<String> targets() {
      return List.of();
    }
  }
}
