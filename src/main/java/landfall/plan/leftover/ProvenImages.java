package landfall.plan.leftover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import landfall.archive.TagLink;
import landfall.failure.Code;
import landfall.image.Tag;
import landfall.plan.candidate.Attribution;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.RefusedImage;

/**
 * Says without any configuration what an archive brings (AF§10): every complete tag; the shape of
 * its name tells what it is for.
 */
public final class ProvenImages {
  private static final String RELEASE = "openshift/release-images";
  private static final String COMPONENT = "openshift/release";
  private static final String GRAPH = "openshift/graph-image";

  private final Order order;
  private final Origins origins;
  private final CatalogFolders catalogs;
  private final Map<CacheReference, CatalogFolders.Rebuilt> rebuilt = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<RefusedImage> refused = new ArrayList<>();
  private final Set<Destination> taken = new HashSet<>();

  private ProvenImages(Order order) {
    this.order = order;
    this.origins = Origins.all(order.opened().contents(), Set.of());
    this.catalogs = new CatalogFolders(order.opened().contents());
  }

  /**
   * What the archive proves.
   *
   * @param originals catalogs that others were made from; they are not delivered
   */
  public record Found(Candidates candidates, Set<CacheReference> originals) {
    public Found {
      originals = Set.copyOf(originals);
    }
  }

  /** Asks for every tag that is complete, but for catalogs that others were made from. */
  public static Found collect(Order order) {
    ProvenImages images = new ProvenImages(order);
    List<TagLink> links = new Leftovers(order.opened()).images(Set.of());
    Set<CacheReference> originals = new HashSet<>();
    for (TagLink link : links) {
      images
          .catalogs
          .rebuilt(link)
          .ifPresent(
              catalog -> {
                images.rebuilt.put(Leftovers.reference(link), catalog);
                catalog.original().map(Leftovers::reference).ifPresent(originals::add);
              });
    }
    links.stream()
        .filter(link -> !originals.contains(Leftovers.reference(link)))
        .forEach(images::collect);
    return new Found(
        new Candidates(images.bound(), images.refused, List.of(), List.of()), originals);
  }

  private void collect(TagLink link) {
    Optional<CatalogFolders.Rebuilt> catalog =
        Optional.ofNullable(rebuilt.get(Leftovers.reference(link)));
    ImageType type = type(link, catalog.isPresent());
    Origin origin =
        origins.of(catalog.flatMap(CatalogFolders.Rebuilt::original).orElse(link), type);
    ImageType known =
        type == ImageType.ADDITIONAL && origin.attribution() == Attribution.CATALOG
            ? ImageType.RELATED
            : type;
    try {
      Tag tag = catalog.map(CatalogFolders.Rebuilt::tag).orElse(link.tag());
      Destination destination = order.names().place(link.repository().path(), tag);
      if (taken.add(destination)) {
        candidates.add(candidate(known, origin, link, destination));
      } else {
        refuse(known, origin, link, Code.NAME_COLLISION, destination + " is taken already");
      }
    } catch (IllegalArgumentException unusable) {
      refuse(known, origin, link, Code.REF_INVALID, String.valueOf(unusable.getMessage()));
    }
  }

  private static Candidate candidate(
      ImageType type, Origin origin, TagLink link, Destination destination) {
    return new Candidate(
        new Claim(type, origin.reference(), Leftovers.reference(link), origin.attribution()),
        destination,
        Set.of(),
        Optional.empty(),
        Set.of());
  }

  private ImageType type(TagLink link, boolean catalog) {
    return switch (link.repository().path()) {
      case RELEASE -> ImageType.RELEASE;
      case COMPONENT -> ImageType.COMPONENT;
      case GRAPH -> ImageType.GRAPH;
      default ->
          catalog || catalogs.isOriginal(link.digest()) ? ImageType.CATALOG : ImageType.ADDITIONAL;
    };
  }

  /** A release needs its components; a catalog may need every image that catalogs name. */
  private List<Candidate> bound() {
    Set<Destination> related = Set.copyOf(destinations(ImageType.RELATED));
    Map<String, Set<Destination>> components = components();
    return candidates.stream()
        .map(
            candidate ->
                switch (candidate.claim().type()) {
                  case RELEASE ->
                      needing(
                          candidate,
                          components.getOrDefault(
                              candidate.claim().source().tag().name(), Set.of()));
                  case CATALOG -> needing(candidate, related);
                  default -> candidate;
                })
        .toList();
  }

  /** Components by the release their tag begins with; both may have dashes. */
  private Map<String, Set<Destination>> components() {
    Map<String, Set<Destination>> components = new HashMap<>();
    for (Candidate candidate : candidates) {
      if (candidate.claim().type() == ImageType.RELEASE) {
        components.put(candidate.claim().source().tag().name(), new HashSet<>());
      }
    }
    for (Candidate candidate : candidates) {
      String tag = candidate.claim().source().tag().name();
      if (candidate.claim().type() == ImageType.COMPONENT) {
        for (int dash = tag.indexOf('-'); dash > 0; dash = tag.indexOf('-', dash + 1)) {
          Optional.ofNullable(components.get(tag.substring(0, dash)))
              .ifPresent(release -> release.add(candidate.destination()));
        }
      }
    }
    return components;
  }

  private Set<Destination> destinations(ImageType type) {
    Set<Destination> found = new HashSet<>();
    for (Candidate candidate : candidates) {
      if (candidate.claim().type() == type) {
        found.add(candidate.destination());
      }
    }
    return found;
  }

  private static Candidate needing(Candidate candidate, Set<Destination> needs) {
    return new Candidate(
        candidate.claim(),
        candidate.destination(),
        candidate.platforms(),
        candidate.pinned(),
        needs);
  }

  private void refuse(ImageType type, Origin origin, TagLink link, Code code, String why) {
    refused.add(
        new RefusedImage(
            type,
            origin.reference(),
            Optional.empty(),
            Optional.of(link.digest()),
            code,
            "image " + Leftovers.reference(link) + ": " + why));
  }
}
