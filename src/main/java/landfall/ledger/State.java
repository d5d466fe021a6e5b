package landfall.ledger;

import java.util.Collection;
import java.util.Comparator;

/**
 * Where a delivery stands. This is the state table of the architecture: what each state means, how
 * it goes on, in which folder the archive lies, and the exit code it gives {@code ingest}.
 *
 * <p>Declared from the worst to the best: an archive stands where the worst of its deliveries does.
 */
public enum State {
  QUARANTINED("damaged, hostile or against policy", By.REVIEW, Folder.QUARANTINE, 4),
  HELD("earlier content or an approval is missing", By.ITSELF, Folder.DROP, 5),
  WAITING("not complete yet", By.ITSELF, Folder.DROP, 5),
  PARKED("the environment is at fault", By.ITSELF, Folder.DROP, 6),
  RUNNING("being worked on", By.ITSELF, Folder.DROP, 6),
  RUNNABLE("next in the queue", By.ITSELF, Folder.DROP, 6),
  DELIVERED_WITH_FAILURES("delivered, but images were dead-lettered", By.REVIEW, Folder.DONE, 3),
  DELIVERED("every image there, read back and published", By.NOBODY, Folder.DONE, 0),
  DUPLICATE("delivered before; nothing to send", By.NOBODY, Folder.DONE, 0),
  DISCARDED("reviewed and given up", By.NOBODY, Folder.DONE, 4);

  private final String meaning;
  private final By by;
  private final Folder folder;
  private final int exitCode;

  State(String meaning, By by, Folder folder, int exitCode) {
    this.meaning = meaning;
    this.by = by;
    this.folder = folder;
    this.exitCode = exitCode;
  }

  /** Who makes it go on. */
  public enum By {
    ITSELF,
    REVIEW,
    NOBODY
  }

  /** The folder the archive lies in, below the data folder. */
  public enum Folder {
    DROP,
    QUARANTINE,
    DONE
  }

  public String meaning() {
    return meaning;
  }

  public By by() {
    return by;
  }

  public Folder folder() {
    return folder;
  }

  public int exitCode() {
    return exitCode;
  }

  /** Whether nothing more happens unless a person asks for it. */
  public boolean ended() {
    return by != By.ITSELF;
  }

  /** Whether everything the archive brought may be counted on at the target. */
  public boolean delivered() {
    return this == DELIVERED || this == DUPLICATE;
  }

  /** The worst of several. */
  public static State worst(Collection<State> states) {
    return states.stream().min(Comparator.naturalOrder()).orElse(WAITING);
  }
}
