package landfall.arrive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.archive.ScanRequest;
import landfall.failure.Code;
import landfall.failure.Waiting;
import landfall.image.Digest;

/** A dropped folder that is an OCI image layout: {@code oci-layout} and {@code blobs/sha256}. */
final class LayoutFolder {
  /** More files than this are carried in a tar. */
  private static final int MOST = 20_000;

  private LayoutFolder() {}

  static boolean is(Path folder) {
    return Files.isRegularFile(folder.resolve(ScanRequest.LAYOUT), LinkOption.NOFOLLOW_LINKS)
        && Files.isDirectory(blobs(folder), LinkOption.NOFOLLOW_LINKS);
  }

  private static Path blobs(Path folder) {
    return folder.resolve("blobs").resolve("sha256");
  }

  /** What belongs to it, the file that tells what it is first; at most one more than is allowed. */
  static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(folder.resolve(ScanRequest.LAYOUT));
    Path index = folder.resolve("index.json");
    if (Files.exists(index, LinkOption.NOFOLLOW_LINKS)) {
      files.add(index);
    }
    try (Stream<Path> listed = Files.list(blobs(folder))) {
      listed
          .filter(file -> Digest.named(String.valueOf(file.getFileName())).isPresent())
          .limit(MOST + 1L)
          .sorted()
          .forEach(files::add);
    }
    return files;
  }

  /** Why it is not taken yet. */
  static Optional<Waiting> stillComing(Path folder, int files) throws IOException {
    if (files > MOST) {
      return Optional.of(
          new Waiting(
              Code.LIMIT_EXCEEDED,
              folder + " has more than " + MOST + " blobs; carry the layout as a tar"));
    }
    try (Stream<Path> listed = Files.list(blobs(folder))) {
      return listed
          .filter(file -> Partial.isPartial(String.valueOf(file.getFileName())))
          .findFirst()
          .map(
              file ->
                  new Waiting(
                      Code.STILL_COPYING, file + " is still being copied, going by its name"));
    }
  }
}
