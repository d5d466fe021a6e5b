package landfall.folders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Parked;

/**
 * What is wrong with a disk of our own: full is told from ill. It travels as evidence of the
 * failure, so that whoever finds that later can ask whether it still lasts.
 *
 * @param code LOCAL_DISK_FULL or LOCAL_IO
 * @param folder where writing failed
 * @param needed bytes that must be free there beside the reserve; of a full disk
 */
public record DiskFault(Code code, Path folder, long needed) {
  private static final String FOLDER = "folder: ";
  private static final String NEEDED = "needed bytes: ";
  private static final String FREE = "free bytes: ";
  private static final String RESERVE = "reserved bytes: ";

  /** Room for something small: below it a disk counts as full whatever words it uses. */
  public static final long SMALL = 64 << 10;

  /** There is too little room for so many bytes. */
  static Parked full(Space space, long needed) {
    return new Parked(
        Code.LOCAL_DISK_FULL,
        space.folder()
            + " has "
            + space.free()
            + " bytes free, of which "
            + space.reserve()
            + " stay in reserve; "
            + needed
            + " are needed there",
        List.of(
            FOLDER + space.folder(),
            FREE + space.free(),
            RESERVE + space.reserve(),
            NEEDED + needed));
  }

  /** What trouble with writing a file, or making a folder, means. */
  public static Parked of(Path file, IOException trouble) {
    return of(file, trouble, SMALL);
  }

  /**
   * What trouble with writing a large file means.
   *
   * @param needed bytes it has at least
   */
  static Parked of(Path file, IOException trouble, long needed) {
    Path folder = Files.isDirectory(file) ? file : DurableFile.folderOf(file);
    String sentence = file + " cannot be written: " + trouble;
    return full(folder, trouble)
        ? new Parked(
            Code.LOCAL_DISK_FULL, sentence, List.of(FOLDER + folder, NEEDED + needed), trouble)
        : new Parked(Code.LOCAL_IO, sentence, List.of(FOLDER + folder), trouble);
  }

  /** The system's words may be in any language; an all but full disk is full in each. */
  private static boolean full(Path folder, IOException trouble) {
    String reason =
        String.valueOf(
                trouble instanceof FileSystemException known
                    ? known.getReason()
                    : trouble.getMessage())
            .toLowerCase(Locale.ROOT);
    return reason.contains("no space left")
        || reason.contains("disk is full")
        || reason.contains("quota")
        || spare(folder) < SMALL;
  }

  private static long spare(Path folder) {
    try {
      return Space.of(folder).spare();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  /** The fault behind a failure, if it was of a folder of ours. */
  public static Optional<DiskFault> behind(Code code, List<String> evidence) {
    if (code != Code.LOCAL_DISK_FULL && code != Code.LOCAL_IO) {
      return Optional.empty();
    }
    long needed = value(evidence, NEEDED).map(Long::parseLong).orElse(SMALL);
    return value(evidence, FOLDER).map(folder -> new DiskFault(code, Path.of(folder), needed));
  }

  private static Optional<String> value(List<String> evidence, String key) {
    return evidence.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .findFirst();
  }

  /** Looks whether the fault is still there: asks for the space, or writes a small file. */
  public boolean lasts() {
    if (code == Code.LOCAL_DISK_FULL) {
      return spare(folder) < needed;
    }
    Path probe = folder.resolve(".landfall-probe");
    try {
      DurableFile.write(probe, "may be deleted\n".getBytes(StandardCharsets.UTF_8));
      Files.delete(probe);
      return false;
    } catch (IOException | Parked still) {
      return true;
    }
  }
}
