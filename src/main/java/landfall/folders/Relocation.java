package landfall.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.crash.CrashPoint;
import landfall.failure.Parked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves an archive as best-effort housekeeping: by rename; else copied, synced, compared and only
 * then deleted; else it stays where it is.
 */
public final class Relocation {
  private static final Logger LOG = LoggerFactory.getLogger(Relocation.class);

  private Relocation() {}

  /**
   * Moves a file or folder into a folder, under its own name. The folder belongs to the one thing
   * that is moved there: what lies in it under that name is a move that a crash cut off after its
   * copy was complete, and is brought to its end.
   *
   * @return where it lies now, or why it stayed
   * @throws Parked LOCAL_IO when it was moved and the disk does not say that it will stay there
   */
  public static Result into(Path folder, Path source) {
    Path destination = folder.resolve(String.valueOf(source.getFileName()));
    try {
      Files.createDirectories(folder);
      if (!Files.exists(destination)) {
        rename(source, destination);
      } else {
        dropTwins(source, destination);
      }
    } catch (IOException failed) {
      return Result.stayed(reason(failed));
    } catch (Parked noRoom) {
      return new Result(Optional.empty(), noRoom.sentence(), Optional.of(noRoom));
    }
    sync(folder);
    CrashPoint.pass("relocation.done");
    return Result.moved(destination);
  }

  private static void sync(Path folder) {
    try {
      DurableFile.syncFolder(folder);
    } catch (IOException failed) {
      throw DiskFault.of(folder, failed);
    }
  }

  private static void rename(Path source, Path destination) throws IOException {
    CrashPoint.pass("relocation.begin");
    try {
      Files.move(source, destination, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherFileSystem) {
      copyThenDelete(source, destination);
    } catch (IOException stumbled) {
      Files.move(source, destination, StandardCopyOption.ATOMIC_MOVE);
    }
    CrashPoint.pass("relocation.moved");
  }

  private static void copyThenDelete(Path source, Path destination) throws IOException {
    Path parent = DurableFile.folderOf(source);
    if (!Files.isWritable(parent)) {
      throw new FileSystemException(parent.toString(), null, "not writable");
    }
    Space.require(DurableFile.folderOf(destination), size(source));
    Path partial = destination.resolveSibling("." + destination.getFileName() + ".part");
    deleteTree(partial); // left by a crash
    copyTree(source, partial);
    DurableFile.syncFolder(DurableFile.folderOf(destination));
    CrashPoint.pass("relocation.copied");
    Files.move(partial, destination, StandardCopyOption.ATOMIC_MOVE);
    DurableFile.syncFolder(DurableFile.folderOf(destination));
    CrashPoint.pass("relocation.copy-named");
    dropSource(source, destination);
  }

  /** Where the source is still whole, the copy goes; where part of it went, the copy counts. */
  private static void dropSource(Path source, Path destination) throws IOException {
    try {
      deleteTree(source);
    } catch (IOException undeletable) {
      if (Files.exists(source) && size(source) == size(destination)) {
        deleteTree(destination);
        throw undeletable;
      }
    }
  }

  /** Deletes a file or folder as far as another holds the same byte for byte; else it stays. */
  public static void dropTwin(Path source, Path twin) {
    try {
      dropTwins(source, twin);
    } catch (IOException undeletable) {
      LOG.warn("{} stays: {}", source, reason(undeletable));
    }
  }

  /** Deletes of the source what the copy holds byte for byte, and nothing else. */
  private static void dropTwins(Path source, Path copy) throws IOException {
    if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes stats)
              throws IOException {
            Path twin = counterpart(file, source, copy);
            if (Files.isRegularFile(twin) && Files.mismatch(file, twin) < 0) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
              throws IOException {
            try (Stream<Path> left = Files.list(folder)) {
              if (left.findAny().isEmpty()) {
                Files.delete(folder);
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Path counterpart(Path file, Path source, Path destination) {
    return file.equals(source)
        ? destination
        : destination.resolve(source.relativize(file).toString());
  }

  private static long size(Path source) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes stats) {
            sum[0] += stats.size();
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  private static void copyTree(Path source, Path destination) throws IOException {
    try {
      Files.walkFileTree(source, new CheckedCopy(source, destination));
    } catch (IOException failed) {
      deleteTree(destination);
      throw failed;
    }
  }

  /** Deletes a file or a folder with all below it; links are deleted, not followed. */
  public static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes stats)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String reason(IOException failed) {
    return failed.getClass().getSimpleName() + ": " + failed.getMessage();
  }

  /** Copies a tree file by file, syncing each and comparing it with its source. */
  private static final class CheckedCopy extends SimpleFileVisitor<Path> {
    private final Path source;
    private final Path destination;

    CheckedCopy(Path source, Path destination) {
      this.source = source;
      this.destination = destination;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes stats)
        throws IOException {
      Files.createDirectories(destination.resolve(source.relativize(folder).toString()));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes stats) throws IOException {
      Path copy = counterpart(file, source, destination);
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        Force.file(channel, copy);
      }
      if (Files.mismatch(file, copy) >= 0) {
        throw new IOException(copy + " differs from " + file + " after copying");
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /**
   * Where something lies after an attempt to move it.
   *
   * @param moved its new place
   * @param stayed why it stayed; empty when it moved
   * @param full the fault, where all that is lacking is room at the new place
   */
  public record Result(Optional<Path> moved, String stayed, Optional<Parked> full) {
    static Result moved(Path destination) {
      return new Result(Optional.of(destination), "", Optional.empty());
    }

    static Result stayed(String why) {
      return new Result(Optional.empty(), why, Optional.empty());
    }
  }
}
