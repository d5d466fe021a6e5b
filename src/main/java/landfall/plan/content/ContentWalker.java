package landfall.plan.content;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import landfall.archive.Contents;
import landfall.archive.Piece;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.image.RepositoryName;

/**
 * Follows images from manifest to last layer through one archive, for one plan.
 *
 * <p>Walks share what they found: thousands of images name the same layers.
 */
public final class ContentWalker {
  private static final int MOST_MANIFESTS = 200_000;
  private static final int MOST_BLOBS = 1_000_000;

  private final Contents contents;
  private final Predicate<Digest> shippedEarlier;
  private final Elsewhere elsewhere;
  private final Map<Part, Part> parts = new HashMap<>();
  private final Map<Asked, Walk> walks = new HashMap<>();
  private int manifests;

  /**
   * A walker through one archive.
   *
   * @param shippedEarlier whether an earlier archive carried the digest
   * @param elsewhere where content is looked for that the archive lacks
   */
  public ContentWalker(Contents contents, Predicate<Digest> shippedEarlier, Elsewhere elsewhere) {
    this.contents = contents;
    this.shippedEarlier = shippedEarlier;
    this.elsewhere = elsewhere;
  }

  /**
   * Follows one image.
   *
   * @param image how sentences call it
   * @param repository where in the target it is wanted
   * @param platforms instances of an index that were mirrored, as {@code os/architecture}; empty =
   *     all
   * @throws Rejected when a manifest is damaged, ambiguous or beyond all measure
   * @throws landfall.failure.ImageRefused when the image is of a kind that is not pushed
   */
  public Walk walk(String image, RepositoryName repository, Digest root, Set<String> platforms) {
    Asked asked = new Asked(repository, root, platforms);
    Walk known = walks.get(asked);
    if (known == null) {
      known = new ImageWalk(this, image, repository, platforms).from(root);
      walks.put(asked, known);
    }
    return known;
  }

  Contents contents() {
    return contents;
  }

  Elsewhere elsewhere() {
    return elsewhere;
  }

  boolean shippedEarlier(Digest digest) {
    return shippedEarlier.test(digest);
  }

  /** Where a kept archive holds what an earlier one carried. */
  Optional<Piece> kept(Digest digest) {
    return shippedEarlier(digest) ? elsewhere.kept(digest) : Optional.empty();
  }

  void countManifest(String image) {
    manifests++;
    if (manifests > MOST_MANIFESTS) {
      throw limit(image, MOST_MANIFESTS + " manifests");
    }
  }

  /** Whether so much was found that nothing more will be. */
  public boolean exhausted() {
    return manifests > MOST_MANIFESTS || parts.size() > MOST_BLOBS;
  }

  /** The part itself, or the equal one that another image has named before. */
  Part shared(String image, Part part) {
    Part known = parts.putIfAbsent(part, part);
    if (parts.size() > MOST_BLOBS) {
      throw limit(image, MOST_BLOBS + " different blobs");
    }
    return known == null ? part : known;
  }

  private static Rejected limit(String image, String what) {
    return new Rejected(
        Code.LIMIT_EXCEEDED, image + ": with it the archive's images have more than " + what);
  }

  private record Asked(RepositoryName repository, Digest root, Set<String> platforms) {
    Asked {
      platforms = Set.copyOf(platforms);
    }
  }
}
