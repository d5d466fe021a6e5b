package landfall.push;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import landfall.image.Digest;
import landfall.image.RepositoryName;

/**
 * Where blobs are known to be in one registry during one delivery, so that each is sent once and
 * mounted elsewhere.
 */
final class KnownBlobs {
  private final Map<Digest, Set<RepositoryName>> repositories = new ConcurrentHashMap<>();
  private final Map<Digest, RepositoryName> lenders = new ConcurrentHashMap<>();
  private final Map<Digest, Object> locks = new ConcurrentHashMap<>();
  private final Map<RepositoryName, Boolean> unknown = new ConcurrentHashMap<>();
  private final Predicate<RepositoryName> isNew;

  /**
   * Knows of none.
   *
   * @param isNew whether the registry has never heard of a repository; asked once for each
   */
  KnownBlobs(Predicate<RepositoryName> isNew) {
    this.isNew = isNew;
  }

  /** Whether the repository held nothing when this delivery came to it first. */
  boolean wasNew(RepositoryName repository) {
    return unknown.computeIfAbsent(repository, isNew::test);
  }

  /** Who holds it is the only one to ask for or send that blob. */
  Object lock(Digest blob) {
    return locks.computeIfAbsent(blob, digest -> new Object());
  }

  boolean isIn(RepositoryName repository, Digest blob) {
    return repositories.getOrDefault(blob, Set.of()).contains(repository);
  }

  void add(RepositoryName repository, Digest blob) {
    repositories.computeIfAbsent(blob, digest -> ConcurrentHashMap.newKeySet()).add(repository);
  }

  /** An earlier try has brought the blob there; worth a mount, no proof that it is there still. */
  void remember(RepositoryName repository, Digest blob) {
    lenders.putIfAbsent(blob, repository);
  }

  /** A repository to mount the blob from. */
  Optional<RepositoryName> anywhere(Digest blob) {
    return repositories.getOrDefault(blob, Set.of()).stream()
        .findAny()
        .or(() -> Optional.ofNullable(lenders.get(blob)));
  }
}
