package landfall.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The bytes of one blob in a file of an archive that is kept.
 *
 * @param offset where they begin, in bytes
 * @param length how many they are
 */
public record Piece(ArchiveFile file, long offset, long length) {
  /**
   * Reads it whole.
   *
   * @throws landfall.failure.Rejected LIMIT_EXCEEDED when it is larger than {@code most},
   *     CHANGED_DURING_READ when another file has taken the place of the kept one
   * @throws landfall.failure.Parked MEDIA_UNREADABLE
   */
  public byte[] read(int most) {
    return stored().read(extent(), most);
  }

  /** A fresh stream from {@code from} bytes into it; throws as {@link Contents#stream}. */
  public InputStream stream(long from) throws IOException {
    return stored().stream(extent(), from);
  }

  private StoredFiles stored() {
    return new StoredFiles(List.of(file));
  }

  private Extent extent() {
    return new Extent(0, offset, length);
  }
}
