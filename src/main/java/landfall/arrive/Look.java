package landfall.arrive;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import landfall.archive.ArchiveFile;
import landfall.failure.Code;
import landfall.failure.Waiting;

/**
 * What a look at a dropped file or folder found.
 *
 * @param source the dropped file or folder
 * @param files its files as they are now, chunks by number
 * @param waiting why it is not complete yet; empty = it is
 */
public record Look(
    Path source,
    boolean chunked,
    List<ArchiveFile> files,
    Checksums checksums,
    Optional<Waiting> waiting) {
  public Look {
    files = List.copyOf(files);
  }

  static Look incomplete(Path source, boolean chunked, List<ArchiveFile> files, Waiting why) {
    return new Look(source, chunked, files, Checksums.NONE, Optional.of(why));
  }

  /** The same, not waiting for what a reviewer has accepted the lack of. */
  Look accepting(Set<Code> released) {
    return new Look(
        source, chunked, files, checksums, waiting.filter(why -> !released.contains(why.code())));
  }

  public boolean ready() {
    return waiting.isEmpty();
  }

  /**
   * Whether the files are those, going by path, size and time: a medium that was out gives its
   * files other inodes.
   */
  boolean resembles(List<ArchiveFile> those) {
    return ArchiveFile.resemble(files, those);
  }

  /** Whether the files are those, inodes included. */
  boolean isSame(List<ArchiveFile> those) {
    return resembles(those)
        && IntStream.range(0, files.size()).allMatch(i -> files.get(i).isSameFile(those.get(i)));
  }

  /** Whether all of those are among the files, as when chunks were added. */
  boolean includes(List<ArchiveFile> those) {
    return those.stream().allMatch(one -> files.stream().anyMatch(one::resembles));
  }
}
