package landfall.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.image.Digest;

/**
 * What the ledger knows of an archive.
 *
 * @param sequence order of arrival
 * @param source where its file or folder lies now
 * @param inPlace never moved or deleted by Landfall
 * @param promises what checksum files said of it, as the arrive step wrote it down
 * @param identity SHA-256 of the bytes, once verified
 */
public record ArchiveRow(
    String id,
    long sequence,
    String name,
    Path source,
    List<ArchiveFile> files,
    boolean chunked,
    boolean inPlace,
    String promises,
    Optional<Digest> identity,
    Optional<String> producer,
    boolean differential,
    Instant arrived,
    Optional<Instant> finished) {
  public ArchiveRow {
    files = List.copyOf(files);
  }

  public long bytes() {
    return files.stream().mapToLong(ArchiveFile::size).sum();
  }

  /** Where one of its files lies once it was moved to a place. */
  public Path pathAt(Path place, ArchiveFile file) {
    return chunked ? place.resolve(source.relativize(file.path()).toString()) : place;
  }

  /** The same, at another place in the order of arrival. */
  public ArchiveRow at(long otherSequence) {
    return new ArchiveRow(
        id,
        otherSequence,
        name,
        source,
        files,
        chunked,
        inPlace,
        promises,
        identity,
        producer,
        differential,
        arrived,
        finished);
  }
}
