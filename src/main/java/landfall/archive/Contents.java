package landfall.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/**
 * What an archive holds and where: content is found by digest or entry name and read by offset.
 *
 * <p>Entry names are those of the oc-mirror archive itself ({@code docker/registry/v2/…}, {@code
 * working-dir/…}, {@code isc_…}), however deep it was wrapped.
 */
public interface Contents {
  /** Where the bytes of a blob or manifest lie, if this archive brings them. */
  Optional<Extent> blob(Digest digest);

  /** Where a metadata entry ({@code working-dir/…} or a root file) lies. */
  Optional<Extent> entry(String name);

  /** Names of metadata entries that start with {@code prefix}, sorted. */
  List<String> entries(String prefix);

  /** Every tag of the link tree, sorted by repository and tag. */
  List<TagLink> tags();

  /** The manifest a tag points to. */
  Optional<Digest> tag(RepositoryName repository, Tag tag);

  /** How much of which kind there is. */
  default Census census() {
    return Census.NONE;
  }

  /**
   * Reads a small piece whole.
   *
   * @param most refuse to read more than so many bytes
   * @throws landfall.failure.Rejected LIMIT_EXCEEDED when it is larger, CHANGED_DURING_READ when
   *     the file is no longer the one that was verified
   * @throws landfall.failure.Parked MEDIA_UNREADABLE when the medium does not answer
   */
  byte[] read(Extent extent, int most);

  /**
   * A fresh stream over an extent from {@code offset} bytes into it; may be called by several
   * threads at a time.
   *
   * @throws landfall.failure.Rejected CHANGED_DURING_READ when another file has taken its place
   * @throws landfall.failure.Parked MEDIA_UNREADABLE when the medium cannot be read, or the file
   *     must be verified again before it is used; so does the stream
   * @throws IOException when the offset lies outside
   */
  InputStream stream(Extent extent, long offset) throws IOException;
}
