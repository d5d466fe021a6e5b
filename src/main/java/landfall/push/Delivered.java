package landfall.push;

import java.util.Optional;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.ImageRow.Moved;
import landfall.ledger.Reason;

/**
 * What became of an image that could be pushed.
 *
 * @param reason why it was left alone, where it was
 * @param moved what it took
 */
record Delivered(Fate fate, Optional<Reason> reason, Moved moved) {
  /**
   * The image is there.
   *
   * @param somethingNew whether the registry lacked any part of it
   */
  static Delivered there(boolean somethingNew, Moved moved) {
    return new Delivered(somethingNew ? Fate.PUSHED : Fate.ALREADY_THERE, Optional.empty(), moved);
  }

  /** Its tag has moved on since. */
  static Delivered superseded(Reason why) {
    return new Delivered(Fate.SUPERSEDED, Optional.of(why), Moved.NOTHING);
  }
}
