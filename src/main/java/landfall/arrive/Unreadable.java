package landfall.arrive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.failure.Code;
import landfall.failure.Waiting;

/** Says what keeps Landfall from reading a file, with the command that would change it. */
final class Unreadable {
  private Unreadable() {}

  /** The first of the files that we may not read, if any. */
  static Optional<Waiting> check(List<ArchiveFile> files) {
    return files.stream()
        .map(ArchiveFile::path)
        .filter(path -> !Files.isReadable(path))
        .findFirst()
        .map(Unreadable::denied);
  }

  static Waiting explain(Path path, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return denied(path);
    }
    String why =
        cause instanceof NoSuchFileException
            ? "went away"
            : "cannot be read: " + cause.getMessage();
    return new Waiting(Code.LOCAL_IO, path + " " + why, cause);
  }

  /** Runs a look that may fail; its failure is a reason to wait. */
  static Optional<Waiting> attempt(Path path, Look look) {
    try {
      return look.look();
    } catch (IOException failed) {
      return Optional.of(explain(path, failed));
    }
  }

  private static Waiting denied(Path path) {
    String user = System.getProperty("user.name", "landfall");
    String rights = Files.isDirectory(path) ? "rx" : "r";
    return new Waiting(
        Code.LOCAL_IO,
        path
            + " may not be read by user "
            + user
            + "; run: setfacl -m u:"
            + user
            + ":"
            + rights
            + " '"
            + path
            + "' (or chmod o+"
            + rights
            + " '"
            + path
            + "')");
  }

  /** A look at files. */
  @FunctionalInterface
  interface Look {
    Optional<Waiting> look() throws IOException;
  }
}
