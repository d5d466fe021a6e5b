package landfall.plan.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Companion;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.configuration.ImageSetConfiguration.Platform;

/**
 * Says which images the OpenShift releases of a configuration consist of, where oc-mirror put them
 * in the archive and where they go (AF§3.1). A release whose signature does not hold is not
 * delivered, nor is what belongs to it alone.
 */
public final class Releases {
  private static final RepositoryName GRAPH = new RepositoryName("openshift/graph-image");
  private static final Tag LATEST = new Tag("latest");

  /** What oc-mirror calls the image that it builds itself: by the cache it is built into. */
  private static final String GRAPH_ORIGIN = "localhost:55000/" + GRAPH + ":" + LATEST;

  private static final int MOST_IMAGES = 200_000;

  private final Order order;
  private final Refusals refusals = new Refusals();
  private final ReleaseImages images;
  private final ReleaseSignatures signatures;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<Companion> companions = new ArrayList<>();

  /** The tag each release image of the archive goes by. */
  private final Map<Digest, Tag> tags = new HashMap<>();

  private Releases(Order order, ReleaseTrust trust) {
    this.order = order;
    this.images = new ReleaseImages(order, refusals);
    boolean named = order.configuration().platform().release().isPresent();
    this.signatures = new ReleaseSignatures(order.opened(), trust, named);
    order.opened().contents().tags().stream()
        .filter(ReleaseImages::isRelease)
        .forEach(link -> tags.putIfAbsent(link.digest(), link.tag()));
  }

  /** All that the configuration's platform section asks for. */
  public static Candidates collect(Order order, ReleaseTrust trust) {
    Releases releases = new Releases(order, trust);
    if (!order.configuration().platform().equals(Platform.NONE)) {
      releases.collect(order.configuration().platform());
    }
    Set<Destination> delivered =
        releases.candidates.stream().map(Candidate::destination).collect(Collectors.toSet());
    return new Candidates(
        releases.candidates,
        releases.refusals.images().stream()
            .filter(image -> image.destination().filter(delivered::contains).isEmpty())
            .toList(),
        releases.refusals.warnings(),
        releases.companions);
  }

  private void collect(Platform platform) {
    try {
      order.names().place(ReleaseImages.RELEASES.path(), LATEST);
    } catch (IllegalArgumentException unusable) {
      refusals.refuse(
          ImageType.RELEASE,
          order.configuration().name() + " (mirror.platform)",
          new Rejected(
              Code.REF_INVALID, "releases have no place here: " + unusable.getMessage(), unusable));
      return;
    }
    WantedReleases.of(order, refusals).forEach(this::collect);
    if (platform.graph()) {
      graph().ifPresent(candidates::add);
    }
  }

  private void collect(WantedRelease wanted) {
    try {
      requireRoom(wanted);
      collect(signatures.verified(wanted));
    } catch (Rejected refusal) {
      refuse(wanted, refusal);
    }
  }

  private void collect(Release release) {
    try {
      requireArchived(release);
      candidates.addAll(images.of(release));
      release
          .signature()
          .ifPresent(
              signature ->
                  companions.add(
                      new Companion(
                          images.destination(release),
                          Companion.Kind.RELEASE_SIGNATURE,
                          signature.name(),
                          signature.content())));
    } catch (Rejected refusal) {
      refuse(release, refusal);
    }
  }

  /** The tag of a verified release must not lead to an image that nobody verified. */
  private void requireArchived(Release release) {
    Optional<Digest> archived =
        order.opened().contents().tag(ReleaseImages.RELEASES, release.tag());
    if (archived.filter(digest -> !digest.equals(release.digest())).isPresent()) {
      throw new Rejected(
          release.signature().isPresent() ? Code.SIGNATURE_INVALID : Code.DIGEST_MISMATCH,
          "release "
              + release.origin()
              + " is "
              + release.digest()
              + ", the archive has "
              + archived.get()
              + " under its tag");
    }
  }

  private void requireRoom(WantedRelease wanted) {
    if (candidates.size() + refusals.images().size() > MOST_IMAGES) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          "release "
              + wanted.reference()
              + " is left out: the releases before it have more than "
              + MOST_IMAGES
              + " images");
    }
  }

  /** Without a signature only the archive itself tells the tag, which is enough to say no. */
  private void refuse(WantedRelease wanted, Rejected refusal) {
    Tag tag = tags.get(wanted.digest());
    if (tag == null) {
      refusals.refuse(ImageType.RELEASE, wanted.reference(), refusal);
    } else if (tag.name().equals(wanted.digest().hex())) {
      refuse(Release.unsigned(wanted), refusal);
    } else {
      refuse(
          new Release(wanted.name() + ":" + tag, tag, wanted.digest(), Optional.empty()), refusal);
    }
  }

  /** Refuses a release and, because of that, what belongs to it alone. */
  private void refuse(Release release, Rejected refusal) {
    refusals.refuse(
        ImageType.RELEASE,
        release.origin(),
        images.destination(release),
        Optional.of(release.digest()),
        refusal);
    for (Candidate component : components(release)) {
      CacheReference source = component.claim().source();
      refusals.refuse(
          ImageType.COMPONENT,
          component.claim().origin(),
          component.destination(),
          order.opened().contents().tag(source.repository(), source.tag()),
          new Rejected(
              Code.DEPENDENCY_FAILED,
              component.destination()
                  + " is held back because release "
                  + release.origin()
                  + ", which it belongs to, is refused"));
    }
  }

  /** As far as they can be listed; nothing is waited for that would not be delivered anyway. */
  private List<Candidate> components(Release release) {
    try {
      return images.of(release).stream()
          .filter(image -> image.claim().type() == ImageType.COMPONENT)
          .toList();
    } catch (Rejected | Waiting unlisted) {
      return List.of();
    }
  }

  /** It is built with all architectures, whichever the releases have. */
  private Optional<Candidate> graph() {
    CacheReference source = new CacheReference(GRAPH, LATEST);
    String unflattened = order.names().unflattened(GRAPH.path(), LATEST.name());
    if (order.blocked().block(GRAPH_ORIGIN) || order.blocked().block(unflattened)) {
      return Optional.empty();
    }
    return Optional.of(
        new Candidate(
            new Claim(ImageType.GRAPH, GRAPH_ORIGIN, source),
            order.names().place(GRAPH.path(), LATEST),
            Set.of(),
            Optional.empty(),
            Set.of()));
  }
}
