package landfall.archive.tar;

import landfall.archive.bytes.Spot;
import landfall.failure.Code;

/** Counts the headers of all tars of one archive against their limit. */
public final class HeaderCount {
  private final long most;
  private long headers;

  public HeaderCount(long most) {
    this.most = most;
  }

  void add(Spot spot) {
    headers++;
    if (headers > most) {
      throw spot.refuse(Code.LIMIT_EXCEEDED, "a further entry", "at most " + most);
    }
  }
}
