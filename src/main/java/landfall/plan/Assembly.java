package landfall.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.open.Opened;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.candidate.WaveKind;
import landfall.plan.content.Content;
import landfall.plan.content.ContentWalker;
import landfall.plan.content.Walk;

/** Looks every candidate up in the archive and puts together what goes to the same place. */
final class Assembly {
  private final Opened opened;
  private final ContentWalker walker;
  private final Shortfall shortfall;
  private final Map<Destination, PlannedImage> planned = new LinkedHashMap<>();
  private final List<RefusedImage> refused = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param refused images that are refused already; what needs them is held back
   */
  Assembly(Opened opened, ContentWalker walker, List<RefusedImage> refused) {
    this.opened = opened;
    this.walker = walker;
    this.shortfall = new Shortfall(opened);
    this.refused.addAll(refused);
  }

  /** The images that are there, whole. */
  Map<Destination, PlannedImage> assemble(List<Candidate> candidates) {
    candidates.forEach(this::add);
    if (!planned.isEmpty() && !opened.linksMayCome()) {
      shortfall.forgotten().forEach(this::refuse);
    }
    holdBack();
    return planned;
  }

  /** What keeps the images from being delivered as they are asked for. */
  Shortfall shortfall() {
    return shortfall;
  }

  /** All that will not be delivered. */
  List<RefusedImage> refused() {
    return List.copyOf(refused);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  private void add(Candidate candidate) {
    CacheReference source = candidate.claim().source();
    Optional<Digest> digest =
        source.digest().or(() -> opened.contents().tag(source.repository(), source.tag()));
    if (digest.isEmpty()) {
      shortfall.lacksTag(candidate);
      return;
    }
    try {
      Walk walk =
          walker.walk(
              candidate.subject(),
              candidate.destination().repository(),
              digest.get(),
              candidate.platforms());
      shortfall.lacks(candidate, digest.get(), walk.gaps());
      walk.content().ifPresent(content -> place(candidate, digest.get(), content));
    } catch (ImageRefused refusal) {
      refuse(candidate, digest.get(), refusal);
    } catch (Rejected damage) {
      shortfall.damaged(damage);
    }
  }

  private void place(Candidate candidate, Digest digest, Content content) {
    warnWhereRepinned(candidate, digest);
    warnWhereForeign(candidate, content);
    PlannedImage image =
        new PlannedImage(
            List.of(candidate.claim()),
            candidate.destination(),
            digest,
            content,
            candidate.needs());
    PlannedImage first = planned.putIfAbsent(image.destination(), image);
    if (first == null) {
      return;
    }
    if (first.digest().equals(digest)) {
      planned.put(image.destination(), merged(first, candidate, content));
    } else {
      shortfall.collided(first, candidate, digest);
    }
  }

  /** Legitimate where oc-mirror converted an old manifest or a later image took the tag. */
  private void warnWhereRepinned(Candidate candidate, Digest digest) {
    candidate
        .pinned()
        .filter(pinned -> !pinned.equals(digest.toString()))
        .ifPresent(
            pinned ->
                warnings.add(
                    candidate.subject()
                        + " asks for "
                        + pinned
                        + ", the archive brings "
                        + digest));
  }

  private void warnWhereForeign(Candidate candidate, Content content) {
    content
        .foreign()
        .forEach(
            layer ->
                warnings.add(
                    candidate.subject()
                        + " has the layer "
                        + layer
                        + ", which lies outside of registries and is not in the archive; it is not"
                        + " fetched, and whoever pulls the image has to have it"));
  }

  /** oc-mirror writes every link it has, so this image was lost before the archive was written. */
  private void refuse(Candidate forgotten) {
    refused.add(
        new RefusedImage(
            forgotten.claim().type(),
            forgotten.claim().origin(),
            Optional.of(forgotten.destination()),
            Optional.empty(),
            Code.BLOB_MISSING,
            forgotten.subject()
                + " was lost before the archive was written: it has every link of the sender's"
                + " cache, and no such tag"));
  }

  private void refuse(Candidate candidate, Digest digest, ImageRefused refusal) {
    refused.add(
        new RefusedImage(
            candidate.claim().type(),
            candidate.claim().origin(),
            Optional.of(candidate.destination()),
            Optional.of(digest),
            refusal.code(),
            refusal.sentence()));
  }

  private static PlannedImage merged(PlannedImage image, Candidate candidate, Content content) {
    Set<Claim> claims = new LinkedHashSet<>(image.claims());
    claims.add(candidate.claim());
    Set<Destination> needs = new HashSet<>(image.needs());
    needs.addAll(candidate.needs());
    return new PlannedImage(
        List.copyOf(claims),
        image.destination(),
        image.digest(),
        image.content().plus(content),
        needs);
  }

  /** Nobody shall find an image that refers to one which will never be there. */
  private void holdBack() {
    Set<Destination> lost = new HashSet<>();
    refused.forEach(image -> image.destination().ifPresent(lost::add));
    lost.removeAll(planned.keySet());
    for (WaveKind wave : WaveKind.values()) {
      for (PlannedImage image : List.copyOf(planned.values())) {
        if (image.wave() == wave) {
          image.needs().stream()
              .filter(lost::contains)
              .findFirst()
              .ifPresent(need -> holdBack(image, need, lost));
        }
      }
    }
  }

  private void holdBack(PlannedImage image, Destination need, Set<Destination> lost) {
    planned.remove(image.destination());
    lost.add(image.destination());
    refused.add(
        new RefusedImage(
            image.type(),
            image.origin(),
            Optional.of(image.destination()),
            Optional.of(image.digest()),
            Code.DEPENDENCY_FAILED,
            image.destination()
                + " is held back because "
                + need
                + ", which it needs, is refused"));
  }
}
