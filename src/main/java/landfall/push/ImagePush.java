package landfall.push;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import landfall.crash.CrashPoint;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.ledger.ImageRow.Moved;
import landfall.ledger.Reason;
import landfall.plan.PlannedImage;
import landfall.plan.content.Part;
import landfall.push.Inspection.Lost;
import landfall.registry.Registry;

/**
 * Brings one image into one registry and reads back what was stored, before its tag moves.
 *
 * <p>A registry's word that it stored something is no proof: manifests are fetched again and
 * compared; what is not there is sent again, twice at most.
 */
final class ImagePush {
  private static final int REPAIRS = 2;

  private final Push push;
  private final PlannedImage image;
  private final Registry registry;
  private final Originals originals;
  private final RepositoryName repository;
  private final BlobTransfer transfer;
  private final Inspection inspection;
  private Moved moved = Moved.NOTHING;
  private boolean somethingNew;

  ImagePush(Push push, PlannedImage image) {
    this.push = push;
    this.image = image;
    this.registry = push.registry();
    this.repository = image.destination().repository();
    this.transfer = new BlobTransfer(push, image);
    this.originals = new Originals(push, image, transfer);
    this.inspection = new Inspection(push, repository);
  }

  Delivered run() {
    Tag tag = image.destination().tag();
    Optional<Digest> now = tagged(tag);
    boolean tagged = now.filter(image.digest()::equals).isPresent();
    if (tagged && push.deliveredBefore(image)) {
      return Delivered.there(false, Moved.NOTHING);
    }
    Optional<Reason> left =
        tagged ? Optional.empty() : now.flatMap(there -> push.tags().leaves(image, there));
    if (left.isPresent()) {
      return Delivered.superseded(left.get());
    }
    new Convoy<>(image.content().blobs(), push.lanes(), this::bring).run();
    for (Part manifest : image.content().manifests()) {
      bringManifest(manifest, tagged);
    }
    inspect();
    if (!tagged) {
      moveTag();
    }
    return Delivered.there(somethingNew || transfer.lackedSomething(), moved);
  }

  /**
   * Blobs that were accepted and are not there are sent again, and with them who refers to them.
   */
  private void inspect() {
    List<Lost> lost = inspection.lost(image.content().blobs());
    for (int attempt = 1; attempt <= REPAIRS && !lost.isEmpty(); attempt++) {
      somethingNew = true;
      lost.forEach(each -> sendAgain(each.part()));
      image.content().manifests().forEach(this::putAgain);
      lost = inspection.lost(image.content().blobs());
    }
    if (!lost.isEmpty()) {
      throw inspection.failure(lost.get(0));
    }
  }

  private void sendAgain(Part part) {
    synchronized (push.blobs().lock(part.descriptor().digest())) {
      add(transfer.again(part));
    }
  }

  private synchronized void add(Moved more) {
    moved = moved.plus(more);
  }

  private void putAgain(Part part) {
    RawManifest manifest = originals.read(part);
    registry.put(repository, manifest.digest().toString(), manifest);
  }

  private Optional<Digest> tagged(Tag tag) {
    return push.blobs().wasNew(repository) ? Optional.empty() : registry.tagged(repository, tag);
  }

  private void bring(Part part) {
    Descriptor blob = part.descriptor();
    synchronized (push.blobs().lock(blob.digest())) {
      if (!push.blobs().isIn(repository, blob.digest())) {
        add(push.lanes().forBlob(() -> transfer.bring(part)));
        push.blobs().add(repository, blob.digest());
      }
    }
  }

  private void bringManifest(Part part, boolean mayBeThere) {
    RawManifest manifest = originals.read(part);
    if (mayBeThere && isSame(manifest, stored(manifest))) {
      return;
    }
    somethingNew = true;
    Optional<RawManifest> stored = Optional.empty();
    boolean taken = false;
    for (int attempt = 0; attempt <= REPAIRS; attempt++) {
      if (attempt > 0) {
        sendAllAgain(manifest);
      }
      if (taken) {
        push.blobs().distrust();
        plant(manifest);
      }
      taken = put(manifest, attempt);
      stored = taken ? stored(manifest) : Optional.empty();
      if (isSame(manifest, stored)) {
        return;
      }
    }
    throw inspection.failure(manifest, stored);
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
        throw explained(refused);
      }
      if (image.content().sparse() && manifest.digest().equals(image.digest())) {
        throw new ImageRefused(Code.SPARSE_INDEX_REJECTED, refused.sentence());
      }
      return false;
    }
  }

  /** Of a layer that may not lie elsewhere registries say only that they failed, or lack it. */
  private ImageRefused explained(ImageRefused refused) {
    boolean unclear =
        refused.code() == Code.RETRIES_EXHAUSTED || refused.code() == Code.REFERENCE_UNKNOWN;
    return image.content().foreign().stream()
        .findFirst()
        .filter(layer -> unclear)
        .map(
            layer ->
                new ImageRefused(
                    Code.MEDIATYPE_REJECTED,
                    refused.sentence()
                        + "; its layer "
                        + layer
                        + " lies outside of registries, which a registry has to allow (docker"
                        + " distribution: validation.manifests.urls)",
                    refused.evidence()))
        .orElse(refused);
  }

  private Optional<RawManifest> stored(RawManifest manifest) {
    try {
      return registry.manifest(repository, manifest.digest().toString());
    } catch (ImageRefused unreadable) {
      if (unreadable.code() != Code.RETRIES_EXHAUSTED
          || !unreadable.sentence().contains("answered 500")) {
        throw unreadable;
      }
      throw new ImageRefused(
          Code.RETRIES_EXHAUSTED,
          unreadable.sentence()
              + "; where its disk was full it may have torn this manifest, and never writes it anew"
              + " until the file is removed from its storage",
          unreadable.evidence());
    }
  }

  private static boolean isSame(RawManifest manifest, Optional<RawManifest> stored) {
    return stored.map(RawManifest::digest).filter(manifest.digest()::equals).isPresent();
  }

  /** The registry forgot what it had accepted; existence checks of it prove nothing now. */
  private void sendAllAgain(RawManifest forgotten) {
    for (Part part : image.content().blobs()) {
      add(transfer.again(part));
    }
    for (Part part : image.content().manifests()) {
      if (part.descriptor().digest().equals(forgotten.digest())) {
        return;
      }
      putAgain(part);
    }
  }

  /**
   * A registry that remembers a manifest which is gone from its storage takes it again without
   * writing it; the same bytes sent as a blob it writes.
   */
  private void plant(RawManifest lost) {
    byte[] bytes = lost.bytes();
    registry.send(
        repository,
        lost.digest(),
        bytes.length,
        offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset));
  }

  /** Whether it did move is looked at once more when all is done; until then it proves nothing. */
  void moveTag() {
    originals.requireSameArchive();
    somethingNew = true;
    RawManifest root =
        originals.read(image.content().manifests().get(image.content().manifests().size() - 1));
    CrashPoint.pass("push.tag.before");
    registry.put(repository, image.destination().tag().name(), root);
    CrashPoint.pass("push.tag.after");
  }
}
