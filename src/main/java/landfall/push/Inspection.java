package landfall.push;

import java.util.List;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.image.Descriptor;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.plan.content.Part;
import landfall.registry.Registry;
import landfall.registry.Registry.Found;

/**
 * Makes sure that a repository really holds the blobs it said it took: asks for each, or fetches
 * and hashes it, once a delivery. Where the registry was caught at a lie, its word counts no more.
 */
final class Inspection {
  private final Push push;
  private final Registry registry;
  private final RepositoryName repository;

  Inspection(Push push, RepositoryName repository) {
    this.push = push;
    this.registry = push.registry();
    this.repository = repository;
  }

  /**
   * A blob that is not there as it should be.
   *
   * @param found what is there instead
   */
  record Lost(Part part, Found found) {}

  /** Those that are not there, or not as they should be. */
  List<Lost> lost(List<Part> blobs) {
    return Convoy.gather(
        blobs,
        push.lanes(),
        part ->
            Optional.of(new Lost(part, find(part.descriptor())))
                .filter(lost -> lost.found() != Found.WHOLE));
  }

  private Found find(Descriptor blob) {
    KnownBlobs blobs = push.blobs();
    synchronized (blobs.lock(blob.digest())) {
      boolean full = push.rules().readBack() == ReadBack.FULL || blobs.distrusted();
      if (blobs.isProven(repository, blob.digest(), full)) {
        return Found.WHOLE;
      }
      Found found = full ? read(blob) : ask(blob);
      if (found == Found.WHOLE) {
        blobs.prove(repository, blob.digest(), full);
      }
      return found;
    }
  }

  private Found ask(Descriptor blob) {
    return registry.holds(repository, blob.digest(), blob.size()) ? Found.WHOLE : Found.NOTHING;
  }

  private Found read(Descriptor blob) {
    return registry.read(repository, blob.digest(), blob.size(), push.rules().progress());
  }

  /** What it means that a blob is not there although it was sent again and again. */
  Failure failure(Lost lost) {
    Descriptor blob = lost.part().descriptor();
    String sentence =
        sentence("blob " + blob.digest() + " of " + blob.size() + " bytes", lost.found().words());
    return lost.found() == Found.OTHER
        ? new ImageRefused(Code.REGISTRY_CORRUPT, sentence)
        : new Parked(Code.REGISTRY_INCONSISTENT, sentence);
  }

  /** The same of a manifest: one that was changed is somebody's work, and only that image's. */
  Failure failure(RawManifest sent, Optional<RawManifest> stored) {
    String manifest = "manifest " + sent.digest();
    return stored
        .filter(found -> !found.begins(sent))
        .<Failure>map(
            found ->
                new ImageRefused(
                    Code.REGISTRY_ALTERED, sentence(manifest, found.digest().toString())))
        .orElseGet(
            () ->
                new Parked(
                    Code.REGISTRY_INCONSISTENT,
                    sentence(
                        manifest, (stored.isPresent() ? Found.SHORT : Found.NOTHING).words())));
  }

  private String sentence(String sent, String found) {
    return push.plan().target().address()
        + ": "
        + repository
        + ": "
        + sent
        + " was stored, and read back there is "
        + found;
  }
}
