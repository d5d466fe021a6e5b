package landfall.open;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.archive.Contents;
import landfall.arrive.Arrival;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.ledger.Work;

/**
 * An archive whose structure is known and safe.
 *
 * @param identity SHA-256 of the archive's bytes, or of its chunks' digests in order; of no bytes
 *     where it was only looked over
 * @param configurations the image set configurations that ride in the archive, the one that counts
 *     first
 * @param producer version of the oc-mirror that wrote it, if it says so
 * @param history digests that earlier archives of the same workspace have carried; empty = the
 *     archive is self-contained
 */
public record Opened(
    Arrival arrival,
    Digest identity,
    Contents contents,
    List<Document> configurations,
    Optional<String> producer,
    Set<Digest> history)
    implements Work {
  public Opened {
    configurations = List.copyOf(configurations);
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
    return configurations.isEmpty()
        && contents.tags().isEmpty()
        && contents.entries("working-dir/").isEmpty()
        && contents.census().blobs() > 0;
  }

  /**
   * Whether a chunk that has not come may hold links: all of them are written before any blob
   * (AF§0).
   */
  public boolean linksMayCome() {
    return metadataMayCome() && contents.census().blobs() == 0;
  }

  /**
   * Whether a chunk that has not come may hold small files of the working folder: the configuration
   * at the root is written after them (AF§0).
   */
  public boolean metadataMayCome() {
    return arrival.chunked() && contents.entries("isc_").isEmpty();
  }

  /**
   * A small text of the archive with the entry name it had.
   *
   * @param damage why there is no text, if there is none
   */
  public record Document(String name, String text, Optional<Rejected> damage) {
    public Document(String name, String text) {
      this(name, text, Optional.empty());
    }

    static Document damaged(String name, Rejected damage) {
      return new Document(name, "", Optional.of(damage));
    }
  }
}
