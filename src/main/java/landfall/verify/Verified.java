package landfall.verify;

import java.util.List;
import landfall.archive.Scan;
import landfall.arrive.Arrival;
import landfall.image.Digest;
import landfall.ledger.Work;

/**
 * An archive whose bytes are what was sent.
 *
 * @param identity SHA-256 of the archive's bytes, or of its chunks' digests in order
 * @param scan what the one pass over the bytes found
 */
public record Verified(Arrival arrival, Digest identity, Scan scan) implements Work {
  @Override
  public String archive() {
    return arrival.id();
  }

  @Override
  public List<String> targets() {
    return arrival.targets();
  }
}
