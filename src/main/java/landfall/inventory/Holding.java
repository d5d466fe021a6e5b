package landfall.inventory;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import landfall.failure.Failure;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.ledger.ImageRow;
import landfall.ledger.Ledger;
import landfall.plan.candidate.Destination;
import landfall.plan.content.Manifest;
import landfall.plan.content.ManifestReader;
import landfall.registry.Registry;

/**
 * Every manifest, configuration and layer that a registry really holds of what was delivered to it:
 * manifests are read from it, blobs asked for one by one.
 */
public final class Holding {
  private final Registry registry;
  private final Set<Digest> held = new TreeSet<>();
  private final Set<Asked> asked = new HashSet<>();

  private Holding(Registry registry) {
    this.registry = registry;
  }

  /**
   * Asks a target's registry for everything the ledger says was delivered there.
   *
   * @throws landfall.failure.Parked when the registry does not answer
   */
  public static Set<Digest> of(String target, Ledger ledger, Registry registry) {
    Holding holding = new Holding(registry);
    for (ImageRow row : ledger.images().deliveredTo(target)) {
      RepositoryName repository = Destination.parse(row.destination()).repository();
      row.digest().ifPresent(digest -> holding.manifest(repository, digest));
    }
    return holding.held;
  }

  private void manifest(RepositoryName repository, Digest digest) {
    if (!asked.add(new Asked(repository, digest))) {
      return;
    }
    Optional<RawManifest> stored =
        registry
            .manifest(repository, digest.toString())
            .filter(manifest -> manifest.digest().equals(digest));
    stored.flatMap(bytes -> parsed(digest, bytes)).ifPresent(read -> add(repository, digest, read));
  }

  private void add(RepositoryName repository, Digest digest, Manifest manifest) {
    held.add(digest);
    manifest.children().forEach(child -> manifest(repository, child.descriptor().digest()));
    for (Manifest.Blob blob : manifest.blobs()) {
      Digest name = blob.descriptor().digest();
      if (!held.contains(name)
          && asked.add(new Asked(repository, name))
          && registry.holds(repository, name, blob.descriptor().size())) {
        held.add(name);
      }
    }
  }

  /** What cannot be read was never delivered by us; it shall be sent again. */
  private static Optional<Manifest> parsed(Digest digest, RawManifest stored) {
    try {
      return Optional.of(ManifestReader.read(digest.toString(), stored.bytes()));
    } catch (Failure strange) {
      return Optional.empty();
    }
  }

  /** Something was asked for in a repository. */
  private record Asked(RepositoryName repository, Digest digest) {}
}
