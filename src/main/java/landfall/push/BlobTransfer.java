package landfall.push;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import landfall.archive.ArchiveFile;
import landfall.archive.Piece;
import landfall.crash.CrashPoint;
import landfall.failure.Code;
import landfall.failure.Held;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.ledger.ImageRow.Moved;
import landfall.plan.PlannedImage;
import landfall.plan.content.Part;
import landfall.registry.Registry;

/**
 * Brings single blobs of an image to its repository by the cheapest way there is: found there,
 * mounted, sent from the archive or from a kept one, or, where the registry does not mount, fetched
 * from its other repository and sent back.
 */
final class BlobTransfer {
  private static final int LARGEST_MANIFEST = 4 * 1024 * 1024;

  private final Push push;
  private final PlannedImage image;
  private final Registry registry;
  private final RepositoryName repository;
  private volatile boolean lackedSomething;

  BlobTransfer(Push push, PlannedImage image) {
    this.push = push;
    this.image = image;
    this.registry = push.registry();
    this.repository = image.destination().repository();
  }

  /** Whether the repository lacked any blob it was asked to bring. */
  boolean lackedSomething() {
    return lackedSomething;
  }

  /** Brings a blob; says which way it took. */
  Moved bring(Part part) {
    Descriptor blob = part.descriptor();
    if (!push.blobs().wasNew(repository) && holds(blob)) {
      push.blobs().prove(repository, blob.digest(), false);
      return new Moved(0, 0, blob.size());
    }
    lackedSomething = true;
    return lent(part) ? new Moved(0, blob.size(), 0) : carry(part);
  }

  /** Brings a blob whatever the registry says it holds; a mount counts if it can be seen. */
  Moved again(Part part) {
    boolean lent = part.extent().isEmpty() && lent(part) && holds(part.descriptor());
    return lent ? new Moved(0, part.descriptor().size(), 0) : carry(part);
  }

  private boolean lent(Part part) {
    Descriptor blob = part.descriptor();
    return Stream.concat(push.blobs().anywhere(blob.digest()).stream(), part.holder().stream())
        .distinct()
        .filter(from -> !from.equals(repository))
        .anyMatch(from -> registry.mount(repository, blob.digest(), from));
  }

  private Moved carry(Part part) {
    Descriptor blob = part.descriptor();
    if (part.extent().isPresent()) {
      send(part);
      return new Moved(blob.size(), 0, 0);
    }
    return part.kept().isPresent() ? sendKept(blob, part.kept().get()) : fetch(part);
  }

  /**
   * Where only the asking fails, a full disk has torn what names the blob; sending writes it anew.
   */
  private boolean holds(Descriptor blob) {
    try {
      return registry.holds(repository, blob.digest(), blob.size());
    } catch (ImageRefused unknown) {
      if (unknown.code() != Code.RETRIES_EXHAUSTED) {
        throw unknown;
      }
      return false;
    }
  }

  private void send(Part part) {
    Descriptor blob = part.descriptor();
    try {
      CrashPoint.pass("push.blob.before");
      registry.send(
          repository,
          blob.digest(),
          blob.size(),
          offset -> push.opened().contents().stream(part.extent().orElseThrow(), offset));
      CrashPoint.pass("push.blob.after");
    } catch (Rejected wrong) {
      throw push.opened().arrival().files().stream().allMatch(ArchiveFile::unchanged)
          ? new Rejected(Code.DIGEST_MISMATCH, wrong.sentence(), wrong.evidence())
          : wrong;
    }
  }

  private Moved sendKept(Descriptor blob, Piece piece) {
    return blameless(
        blob.digest(),
        () -> {
          registry.send(repository, blob.digest(), blob.size(), piece::stream);
          return new Moved(blob.size(), 0, 0);
        });
  }

  /**
   * What is wrong with a kept archive or with a loan is not this archive's fault. Often a kept one
   * has only been moved to its place meanwhile, and is found there when this one looks again.
   */
  private <T> T blameless(Digest digest, Supplier<T> use) {
    try {
      return use.get();
    } catch (Rejected wrong) {
      throw gone(digest, wrong.sentence());
    } catch (Parked trouble) {
      throw trouble.code() == Code.MEDIA_UNREADABLE ? gone(digest, trouble.sentence()) : trouble;
    }
  }

  /** What an earlier archive carried lies in the registry, or it has to be carried again. */
  private Moved fetch(Part part) {
    Descriptor blob = part.descriptor();
    if (holds(blob)) {
      return new Moved(0, blob.size(), 0);
    }
    if (part.holder()
        .filter(holder -> blameless(blob.digest(), () -> copied(blob, holder)))
        .isPresent()) {
      return new Moved(blob.size(), 0, 0);
    }
    Piece piece =
        push.kept(blob.digest())
            .filter(kept -> kept.length() == blob.size())
            .orElseThrow(() -> gone(blob.digest(), "its registry neither mounts nor gives it"));
    return sendKept(blob, piece);
  }

  private boolean copied(Descriptor blob, RepositoryName holder) {
    try (Loan loan = new Loan(push.opened().arrival().work(), blob.size())) {
      boolean fetched = registry.fetch(holder, blob.digest(), blob.size(), loan);
      if (fetched) {
        registry.send(repository, blob.digest(), blob.size(), loan);
      }
      return fetched;
    }
  }

  /** A manifest that is not in the archive. */
  RawManifest manifest(Part part) {
    Descriptor expected = part.descriptor();
    Digest digest = expected.digest();
    Optional<RawManifest> found =
        part.kept()
            .map(kept -> blameless(digest, () -> kept.read(LARGEST_MANIFEST)))
            .map(bytes -> new RawManifest(expected.mediaType(), bytes))
            .or(
                () ->
                    part.holder().flatMap(holder -> registry.manifest(holder, digest.toString())));
    return found
        .filter(manifest -> manifest.digest().equals(digest))
        .orElseThrow(() -> gone(digest, "it is not what it was when it was looked for"));
  }

  private Held gone(Digest digest, String why) {
    String sentence =
        push.plan().target().address()
            + ": "
            + digest
            + ", which an earlier archive brought, is not to be had for "
            + image.destination()
            + ": "
            + why;
    return new Held(Code.BLOB_MISSING, sentence, List.of(digest + " of " + image.origin()));
  }
}
