package landfall.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * One file of an archive as it was when it was looked at; equal stats mean unchanged bytes.
 *
 * @param path absolute
 * @param size in bytes
 * @param modified nanoseconds since the epoch
 * @param inode the file system's key of the file (device and inode), as text
 */
public record ArchiveFile(Path path, long size, long modified, String inode) {

  /**
   * Looks at a regular file; links are not followed.
   *
   * @throws IOException when it is absent or cannot be looked at
   */
  public static ArchiveFile of(Path path) throws IOException {
    BasicFileAttributes stats =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new ArchiveFile(
        path.toAbsolutePath(),
        stats.size(),
        stats.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        String.valueOf(stats.fileKey()));
  }

  /** Whether the file at the path is still this one, byte for byte as far as its stats tell. */
  public boolean unchanged() {
    try {
      return of(path).equals(this);
    } catch (IOException gone) {
      return false;
    }
  }
}
