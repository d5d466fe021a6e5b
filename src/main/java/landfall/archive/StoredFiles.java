package landfall.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;

/**
 * Reads pieces of the files an index points into, and only while those are the files that were
 * scanned.
 */
final class StoredFiles {
  private final List<ArchiveFile> files;

  StoredFiles(List<ArchiveFile> files) {
    this.files = List.copyOf(files);
  }

  List<ArchiveFile> files() {
    return files;
  }

  byte[] read(Extent extent, int most) {
    ArchiveFile file = files.get(extent.file());
    if (extent.length() > most) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          file.path().getFileName() + ": a piece of " + extent.length() + " bytes, at most " + most,
          "byte: " + extent.offset());
    }
    try (InputStream in = stream(extent, 0)) {
      byte[] bytes = in.readNBytes((int) extent.length());
      requireUnchanged(file);
      return bytes;
    } catch (IOException broken) {
      throw ExtentStream.unreadable(file.path(), extent.offset(), broken);
    }
  }

  /**
   * A stretch of a file, from an offset in bytes.
   *
   * @throws Rejected CHANGED_DURING_READ when another file has taken its place
   * @throws Parked MEDIA_UNREADABLE when it cannot be read, or must be verified again before
   * @throws EOFException when the offset lies outside
   */
  InputStream stream(Extent extent, long offset) throws EOFException {
    if (offset < 0 || offset > extent.length()) {
      throw new EOFException("byte " + offset + " of a piece of " + extent.length());
    }
    ArchiveFile file = files.get(extent.file());
    requireUnchanged(file);
    return ExtentStream.of(
        file.path(), extent.offset() + offset, extent.offset() + extent.length());
  }

  /** A file that is gone may come back with its medium; one that differs does not. */
  private static void requireUnchanged(ArchiveFile file) {
    ArchiveFile now = look(file.path());
    if (!now.resembles(file)) {
      throw new Rejected(
          Code.CHANGED_DURING_READ,
          file.path() + " is another file than was verified",
          "found: " + now,
          "expected: " + file);
    }
    if (!now.equals(file)) {
      throw new Parked(
          Code.MEDIA_UNREADABLE,
          file.path()
              + " was touched, or its medium was out and is back; it is verified once more before"
              + " it is used",
          "found: " + now,
          "verified: " + file);
    }
  }

  private static ArchiveFile look(Path file) {
    try {
      return ArchiveFile.of(file);
    } catch (IOException gone) {
      throw ExtentStream.unreadable(file, 0, gone);
    }
  }
}
