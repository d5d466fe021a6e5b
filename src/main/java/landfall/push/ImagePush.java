package landfall.push;

import java.util.Optional;
import landfall.archive.ArchiveFile;
import landfall.archive.Contents;
import landfall.crash.CrashPoint;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.ledger.ImageRow.Moved;
import landfall.plan.PlannedImage;
import landfall.plan.content.Part;
import landfall.registry.Registry;

/**
 * Brings one image into one registry and reads back what was stored, before its tag moves.
 *
 * <p>A registry's word that it stored something is no proof: manifests are fetched again and
 * compared; what is not there is sent again, twice at most.
 */
final class ImagePush {
  private static final int LARGEST_MANIFEST = 4 * 1024 * 1024;
  private static final int REPAIRS = 2;

  private final Push push;
  private final PlannedImage image;
  private final Registry registry;
  private final Contents contents;
  private final RepositoryName repository;
  private final BlobTransfer transfer;
  private Moved moved = Moved.NOTHING;
  private boolean somethingNew;

  ImagePush(Push push, PlannedImage image) {
    this.push = push;
    this.image = image;
    this.registry = push.registry();
    this.contents = push.opened().contents();
    this.repository = image.destination().repository();
    this.transfer = new BlobTransfer(push, image);
  }

  Delivered run() {
    Tag tag = image.destination().tag();
    boolean tagged = tagged(tag).filter(image.digest()::equals).isPresent();
    if (tagged && push.deliveredBefore(image)) {
      return new Delivered(false, Moved.NOTHING);
    }
    image.content().blobs().forEach(this::bring);
    for (Part manifest : image.content().manifests()) {
      bringManifest(manifest, tagged);
    }
    if (!tagged) {
      moveTag(tag);
    }
    return new Delivered(somethingNew || transfer.lackedSomething(), moved);
  }

  private Optional<Digest> tagged(Tag tag) {
    return push.blobs().wasNew(repository) ? Optional.empty() : registry.tagged(repository, tag);
  }

  private void bring(Part part) {
    Descriptor blob = part.descriptor();
    synchronized (push.blobs().lock(blob.digest())) {
      if (!push.blobs().isIn(repository, blob.digest())) {
        moved = moved.plus(transfer.bring(part));
        push.blobs().add(repository, blob.digest());
      }
    }
  }

  private void bringManifest(Part part, boolean mayBeThere) {
    RawManifest manifest = read(part);
    if (mayBeThere && isStored(manifest)) {
      return;
    }
    somethingNew = true;
    for (int attempt = 0; attempt <= REPAIRS; attempt++) {
      if (attempt > 0) {
        sendAllAgain(manifest);
      }
      if (put(manifest, attempt) && isStored(manifest)) {
        return;
      }
    }
    throw inconsistent(manifest.digest() + " is not there after the registry had stored it");
  }

  /** False when the registry does not find what the manifest refers to, and had it before. */
  private boolean put(RawManifest manifest, int attempt) {
    try {
      CrashPoint.pass("push.manifest.before");
      registry.put(repository, manifest.digest().toString(), manifest);
      CrashPoint.pass("push.manifest.after");
      return true;
    } catch (ImageRefused refused) {
      if (refused.code() != Code.REFERENCE_UNKNOWN || attempt == REPAIRS) {
        throw refused;
      }
      if (image.content().sparse() && manifest.digest().equals(image.digest())) {
        throw new ImageRefused(Code.SPARSE_INDEX_REJECTED, refused.sentence());
      }
      return false;
    }
  }

  private boolean isStored(RawManifest manifest) {
    return registry
        .manifest(repository, manifest.digest().toString())
        .filter(stored -> stored.digest().equals(manifest.digest()))
        .isPresent();
  }

  /** The registry forgot what it had accepted; existence checks of it prove nothing now. */
  private void sendAllAgain(RawManifest forgotten) {
    for (Part part : image.content().blobs()) {
      moved = moved.plus(transfer.again(part));
    }
    for (Part part : image.content().manifests()) {
      if (part.descriptor().digest().equals(forgotten.digest())) {
        return;
      }
      RawManifest child = read(part);
      registry.put(repository, child.digest().toString(), child);
    }
  }

  /** Whether it did move is looked at once more when all is done; until then it proves nothing. */
  private void moveTag(Tag tag) {
    requireSameArchive();
    somethingNew = true;
    RawManifest root =
        read(image.content().manifests().get(image.content().manifests().size() - 1));
    CrashPoint.pass("push.tag.before");
    registry.put(repository, tag.name(), root);
    CrashPoint.pass("push.tag.after");
  }

  /** An archive that somebody exchanged is not what was verified, even where a spool still is. */
  private void requireSameArchive() {
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

  private RawManifest read(Part part) {
    Descriptor expected = part.descriptor();
    if (part.extent().isEmpty()) {
      return transfer.manifest(part);
    }
    byte[] bytes = contents.read(part.extent().get(), LARGEST_MANIFEST);
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

  private Parked inconsistent(String what) {
    return new Parked(
        Code.REGISTRY_INCONSISTENT,
        push.plan().target().address() + ": " + repository + ": " + what);
  }
}
