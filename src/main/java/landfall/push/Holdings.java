package landfall.push;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import landfall.archive.Piece;
import landfall.failure.Failure;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.ledger.ImageRow;
import landfall.ledger.Ledger;
import landfall.plan.candidate.Destination;
import landfall.plan.content.Elsewhere;
import landfall.plan.content.Manifest;
import landfall.plan.content.ManifestReader;
import landfall.registry.Registry;

/**
 * What a target holds, asked of the registry itself: first where the content is wanted, then
 * wherever earlier deliveries have put it; and what kept archives hold. The ledger says only where
 * to look.
 */
public final class Holdings implements Elsewhere {
  private final String target;
  private final Registry registry;
  private final Ledger ledger;
  private final Function<Digest, Optional<Piece>> kept;
  private Optional<Map<Digest, RepositoryName>> delivered = Optional.empty();

  /**
   * @param kept where kept archives hold what the target does not
   */
  public Holdings(
      String target, Registry registry, Ledger ledger, Function<Digest, Optional<Piece>> kept) {
    this.target = target;
    this.registry = registry;
    this.ledger = ledger;
    this.kept = kept;
  }

  @Override
  public Optional<Piece> kept(Digest digest) {
    return kept.apply(digest);
  }

  @Override
  public Optional<Found> manifest(RepositoryName wanted, Digest digest) {
    return found(wanted, digest)
        .or(() -> holder(digest).flatMap(repository -> found(repository, digest)));
  }

  private Optional<Found> found(RepositoryName repository, Digest digest) {
    return stored(repository, digest).map(manifest -> new Found(repository, manifest));
  }

  @Override
  public Optional<RepositoryName> blob(RepositoryName wanted, Descriptor blob) {
    return Optional.of(wanted)
        .filter(repository -> holds(repository, blob))
        .or(() -> holder(blob.digest()).filter(repository -> holds(repository, blob)));
  }

  private Optional<RawManifest> stored(RepositoryName repository, Digest digest) {
    return registry
        .manifest(repository, digest.toString())
        .filter(manifest -> manifest.digest().equals(digest));
  }

  private boolean holds(RepositoryName repository, Descriptor blob) {
    return registry.holds(repository, blob.digest(), blob.size());
  }

  private Optional<RepositoryName> holder(Digest digest) {
    if (delivered.isEmpty()) {
      delivered = Optional.of(readAll());
    }
    return Optional.ofNullable(delivered.get().get(digest));
  }

  private Map<Digest, RepositoryName> readAll() {
    Map<Digest, RepositoryName> found = new HashMap<>();
    for (ImageRow row : ledger.images().deliveredTo(target)) {
      RepositoryName repository = Destination.parse(row.destination()).repository();
      row.digest().ifPresent(digest -> read(repository, digest, found));
    }
    return found;
  }

  private void read(RepositoryName repository, Digest digest, Map<Digest, RepositoryName> found) {
    if (found.containsKey(digest)) {
      return;
    }
    Optional<RawManifest> stored = stored(repository, digest);
    if (stored.isEmpty()) {
      return;
    }
    found.put(digest, repository);
    try {
      Manifest manifest = ManifestReader.read(digest.toString(), stored.get().bytes());
      manifest.blobs().forEach(blob -> found.putIfAbsent(blob.descriptor().digest(), repository));
      manifest.children().forEach(child -> read(repository, child.descriptor().digest(), found));
    } catch (Failure strange) {
      // What the registry gives back was accepted once; what cannot be read now holds nothing.
      found.remove(digest);
    }
  }
}
