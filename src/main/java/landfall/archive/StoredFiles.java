package landfall.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
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
    } catch (ChangedException changed) {
      throw new Rejected(Code.CHANGED_DURING_READ, String.valueOf(changed.getMessage()), changed);
    } catch (IOException broken) {
      throw new Parked(
          Code.MEDIA_UNREADABLE,
          file.path() + " cannot be read at byte " + extent.offset() + ": " + broken,
          broken);
    }
  }

  InputStream stream(Extent extent, long offset) throws IOException {
    if (offset < 0 || offset > extent.length()) {
      throw new EOFException("byte " + offset + " of a piece of " + extent.length());
    }
    ArchiveFile file = files.get(extent.file());
    requireUnchanged(file);
    FileChannel channel =
        FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return new ExtentStream(channel, extent.offset() + offset, extent.offset() + extent.length());
  }

  /** A file that is gone may come back with its medium; one that differs does not. */
  private static void requireUnchanged(ArchiveFile file) throws IOException {
    if (!Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file.path() + " is gone");
    }
    if (!file.unchanged()) {
      throw new ChangedException(file.path() + " is no longer the file that was verified");
    }
  }

  /** The file at a path is another one than was scanned. */
  private static final class ChangedException extends IOException {
    private static final long serialVersionUID = 1;

    ChangedException(String message) {
      super(message);
    }
  }
}
