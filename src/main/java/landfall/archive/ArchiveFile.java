package landfall.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * One file of an archive as it was when it was looked at; equal stats mean unchanged bytes.
 *
 * @param path absolute
 * @param size in bytes
 * @param modified nanoseconds since the epoch
 * @param changed when the file system last noted a change of any kind, which nobody can set back;
 *     nanoseconds since the epoch, 0 where it does not say
 * @param inode the file system's key of the file (device and inode), as text
 */
public record ArchiveFile(Path path, long size, long modified, long changed, String inode) {

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
        nanos(stats.lastModifiedTime()),
        changed(path),
        String.valueOf(stats.fileKey()));
  }

  /** Looks at a regular file that may be absent. */
  public static Optional<ArchiveFile> find(Path path) {
    try {
      return Optional.of(of(path));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static long changed(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return 0;
    }
    return Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS)
            instanceof FileTime time
        ? nanos(time)
        : 0;
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  /** Whether the file at the path is still this one, byte for byte as far as its stats tell. */
  public boolean unchanged() {
    try {
      return of(path).equals(this);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether there is another file at the path now, or more or less of this one. */
  public boolean replaced() {
    try {
      return !of(path).resembles(this);
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * Whether path, size and time of modification are the same. The bytes may be, too: a medium that
   * was out gives its files other inodes, and a change of rights shows as a change. Only reading
   * tells.
   */
  public boolean resembles(ArchiveFile other) {
    return path.equals(other.path) && resemblesElsewhere(other);
  }

  /** Whether name, size and time of modification are the same, as a move leaves them. */
  private boolean resemblesElsewhere(ArchiveFile other) {
    return Objects.equals(path.getFileName(), other.path.getFileName())
        && size == other.size
        && modified == other.modified;
  }

  /** Whether each of them resembles its counterpart. */
  public static boolean resemble(List<ArchiveFile> some, List<ArchiveFile> others) {
    return match(some, others, ArchiveFile::resembles);
  }

  /** Whether each of them is its counterpart, moved. */
  static boolean resembleElsewhere(List<ArchiveFile> some, List<ArchiveFile> others) {
    return match(some, others, ArchiveFile::resemblesElsewhere);
  }

  private static boolean match(
      List<ArchiveFile> some,
      List<ArchiveFile> others,
      BiPredicate<ArchiveFile, ArchiveFile> matches) {
    return some.size() == others.size()
        && IntStream.range(0, some.size())
            .allMatch(each -> matches.test(some.get(each), others.get(each)));
  }

  /** Whether it is the same file on the same file system, whoever touched its rights or name. */
  public boolean isSameFile(ArchiveFile other) {
    return resembles(other) && inode.equals(other.inode);
  }
}
