package landfall.open;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.archive.Contents;
import landfall.arrive.Arrival;
import landfall.image.Digest;
import landfall.ledger.Work;

/**
 * An archive whose structure is known and safe.
 *
 * @param identity SHA-256 of the archive's bytes, or of its chunks' digests in order
 * @param configuration the image set configuration that rides in the archive, if any
 * @param producer version of the oc-mirror that wrote it, if it says so
 * @param history digests that earlier archives of the same workspace have carried; empty = the
 *     archive is self-contained
 */
public record Opened(
    Arrival arrival,
    Digest identity,
    Contents contents,
    Optional<Document> configuration,
    Optional<String> producer,
    Set<Digest> history)
    implements Work {
  public Opened {
    history = Set.copyOf(history);
  }

  @Override
  public String archive() {
    return arrival.id();
  }

  @Override
  public List<String> targets() {
    return arrival.targets();
  }

  /** Whether content may be missing because an earlier archive carried it. */
  public boolean differential() {
    return !history.isEmpty();
  }

  /**
   * Whether it is nothing but content that other archives may lack: no tags, and no configuration
   * that would ask for images.
   */
  public boolean supply() {
    return configuration.isEmpty()
        && contents.tags().isEmpty()
        && contents.entries("working-dir/").isEmpty()
        && contents.census().blobs() > 0;
  }

  /** A small text of the archive with the entry name it had. */
  public record Document(String name, String text) {}
}
