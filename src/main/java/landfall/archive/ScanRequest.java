package landfall.archive;

import java.nio.file.Path;
import java.util.List;

/**
 * What to scan and how.
 *
 * @param files the archive's files in order
 * @param workFolder where compressed files are spooled to
 * @param proveBlobs whether every blob is hashed and compared with its name, because no checksum
 *     file vouches for the whole
 * @param sha512 whether SHA-512 is wanted beside SHA-256
 */
public record ScanRequest(
    List<ArchiveFile> files, Path workFolder, boolean proveBlobs, boolean sha512) {
  /** The file that says that a folder is an OCI image layout; its files are content, not tars. */
  public static final String LAYOUT = "oci-layout";

  public ScanRequest {
    files = List.copyOf(files);
  }

  /** Where the n-th file is spooled to if it is compressed. */
  Path spool(int file) {
    return workFolder.resolve(file == 0 ? "spool.tar" : "spool-" + file + ".tar");
  }
}
