package landfall.push;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.plan.Plan;
import landfall.plan.content.Content;

/**
 * Where blobs are known to be in one registry during one delivery, so that each is sent once and
 * mounted elsewhere.
 */
final class KnownBlobs {
  private final Map<Digest, Set<RepositoryName>> repositories = new ConcurrentHashMap<>();
  private final Map<Digest, RepositoryName> lenders = new ConcurrentHashMap<>();
  private final Set<Place> asked = ConcurrentHashMap.newKeySet();
  private final Set<Place> read = ConcurrentHashMap.newKeySet();
  private volatile boolean distrusted;
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

  /**
   * Those that earlier tries have brought can be mounted from where they are.
   *
   * @param delivered images, as {@code destination@digest}
   */
  void lend(Plan plan, Set<String> delivered) {
    plan.stream()
        .filter(image -> delivered.contains(image.destination() + "@" + image.digest()))
        .forEach(image -> remember(image.destination().repository(), image.content()));
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

  /** The registry was caught saying that it has what it has not. */
  void distrust() {
    distrusted = true;
  }

  boolean distrusted() {
    return distrusted;
  }

  /** The registry has said that the blob is there, or was seen to have it byte for byte. */
  void prove(RepositoryName repository, Digest blob, boolean byteForByte) {
    (byteForByte ? read : asked).add(new Place(repository, blob));
  }

  boolean isProven(RepositoryName repository, Digest blob, boolean byteForByte) {
    return (byteForByte ? read : asked).contains(new Place(repository, blob));
  }

  /** Worth a mount, no proof that they are there still. */
  private void remember(RepositoryName repository, Content content) {
    content.blobs().forEach(part -> lenders.putIfAbsent(part.descriptor().digest(), repository));
  }

  /** A repository to mount the blob from. */
  Optional<RepositoryName> anywhere(Digest blob) {
    return repositories.getOrDefault(blob, Set.of()).stream()
        .findAny()
        .or(() -> Optional.ofNullable(lenders.get(blob)));
  }

  /** A blob in a repository. */
  private record Place(RepositoryName repository, Digest blob) {}
}
