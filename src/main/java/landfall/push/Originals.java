package landfall.push;

import landfall.archive.ArchiveFile;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Descriptor;
import landfall.image.RawManifest;
import landfall.plan.PlannedImage;
import landfall.plan.content.Part;

/** The manifests of an image as they were verified, or nothing. */
final class Originals {
  private static final int LARGEST_MANIFEST = 4 * 1024 * 1024;

  private final Push push;
  private final PlannedImage image;
  private final BlobTransfer transfer;

  /**
   * @param transfer brings what the archive lacks
   */
  Originals(Push push, PlannedImage image, BlobTransfer transfer) {
    this.push = push;
    this.image = image;
    this.transfer = transfer;
  }

  /** An archive that somebody exchanged is not what was verified, even where a spool still is. */
  void requireSameArchive() {
    push.opened().arrival().files().stream()
        .filter(ArchiveFile::replaced)
        .findFirst()
        .ifPresent(
            file -> {
              throw new Rejected(
                  Code.CHANGED_DURING_READ,
                  file.path() + " is another file now than was verified",
                  "expected: " + file);
            });
  }

  /** A manifest, as it was when the archive was opened. */
  RawManifest read(Part part) {
    Descriptor expected = part.descriptor();
    if (part.extent().isEmpty()) {
      return transfer.manifest(part);
    }
    byte[] bytes = push.opened().contents().read(part.extent().get(), LARGEST_MANIFEST);
    RawManifest manifest = new RawManifest(expected.mediaType(), bytes);
    if (!manifest.digest().equals(expected.digest())) {
      throw new Rejected(
          Code.DIGEST_MISMATCH,
          "a manifest of "
              + image.origin()
              + " is "
              + manifest.digest()
              + " now, it was "
              + expected.digest()
              + " when the archive was opened");
    }
    return manifest;
  }
}
