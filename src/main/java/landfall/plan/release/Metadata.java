package landfall.plan.release;

import java.util.Optional;
import landfall.archive.Extent;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.open.Opened;

/** The small files that ride in an archive beside the images. */
final class Metadata {
  private final Opened opened;

  Metadata(Opened opened) {
    this.opened = opened;
  }

  /**
   * Reads an entry that has to be there.
   *
   * @param what it is, for who misses it
   * @throws Rejected MANIFEST_INVALID when it is not there, LIMIT_EXCEEDED when it is too large
   * @throws Waiting when a chunk that has not come may hold it
   */
  byte[] require(String entry, int most, String what) {
    Optional<Extent> extent = opened.contents().entry(entry);
    if (extent.isPresent()) {
      return read(entry, extent.get(), most);
    }
    if (opened.metadataMayCome()) {
      throw new Waiting(
          Code.CHUNK_MISSING,
          opened.arrival().name()
              + " has no "
              + entry
              + " yet, which is "
              + what
              + "; the chunk that holds it is missing");
    }
    throw new Rejected(Code.MANIFEST_INVALID, "the archive has no " + entry + ", expected " + what);
  }

  /**
   * Reads an entry that is there.
   *
   * @throws Rejected LIMIT_EXCEEDED
   */
  byte[] read(String entry, int most) {
    return read(entry, opened.contents().entry(entry).orElseThrow(), most);
  }

  private byte[] read(String entry, Extent extent, int most) {
    if (extent.length() > most) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          entry + " has " + extent.length() + " bytes, at most " + most + " are read");
    }
    return opened.contents().read(extent, most);
  }
}
