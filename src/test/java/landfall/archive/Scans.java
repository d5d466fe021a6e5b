package landfall.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import landfall.failure.Code;

/** Scans what a test has written. */
final class Scans {
  private Scans() {}

  static Scan of(Path folder, byte[] archive) {
    return scan(request(folder, write(folder, "archive", archive)));
  }

  static Scan of(Path folder, byte[] archive, Limits limits) {
    return new Scanner(limits).scan(request(folder, write(folder, "archive", archive)), read -> {});
  }

  static Scan scan(ScanRequest request) {
    return new Scanner(Limits.standard()).scan(request, read -> {});
  }

  static Code refusal(Path folder, byte[] archive) {
    return of(folder, archive).refusal().orElseThrow(() -> new AssertionError("accepted")).code();
  }

  static ScanRequest request(Path folder, ArchiveFile... files) {
    return new ScanRequest(List.of(files), folder.resolve("work"), true, false);
  }

  static ArchiveFile write(Path folder, String name, byte[] content) {
    try {
      Path path = folder.resolve(name);
      Files.deleteIfExists(path);
      return ArchiveFile.of(Files.write(path, content));
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  static Path sample(String name) {
    try {
      return Path.of(Scans.class.getResource("/samples/" + name).toURI());
    } catch (java.net.URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
