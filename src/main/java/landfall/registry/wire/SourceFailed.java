package landfall.registry.wire;

import java.io.IOException;

/** Our own bytes could not be sent because of themselves, not of the network. */
public final class SourceFailed extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean changed;

  private SourceFailed(String message, boolean changed) {
    super(message);
    this.changed = changed;
  }

  static SourceFailed unreadable(long offset, IOException cause) {
    SourceFailed failed =
        new SourceFailed(
            "the archive cannot be read at byte "
                + offset
                + " of the blob ("
                + Words.clean(String.valueOf(cause.getMessage()))
                + ")",
            false);
    failed.initCause(cause);
    return failed;
  }

  static SourceFailed tooShort(long found, long expected) {
    return new SourceFailed(
        "the archive gives only " + found + " of " + expected + " bytes of the blob", true);
  }

  static SourceFailed tooLong(long expected) {
    return new SourceFailed(
        "the archive gives more than the " + expected + " bytes of the blob", true);
  }

  /** Whether the bytes are others than planned, rather than unreadable. */
  public boolean isChanged() {
    return changed;
  }
}
