package landfall.verify;

import java.util.List;
import landfall.archive.ArchiveFile;
import landfall.arrive.Checksums.Promise;

/**
 * A file whose bytes are not what its checksum file promises.
 *
 * @param found the hash of its bytes, in lower-case hex
 */
record Mismatch(ArchiveFile file, Promise promise, String found) {
  String sentence() {
    return promise.file()
        + ": its content is "
        + found
        + " but its checksum file promises "
        + promise.hex();
  }

  List<String> evidence() {
    return List.of(
        "file: " + file.path() + ", " + file.size() + " bytes",
        "found: " + found,
        "expected: " + promise.hex() + ", says " + promise.sidecar());
  }
}
