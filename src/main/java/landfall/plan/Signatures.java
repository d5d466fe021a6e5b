package landfall.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import landfall.archive.Contents;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.content.Content;
import landfall.plan.content.ContentWalker;
import landfall.plan.content.Part;
import landfall.plan.content.Walk;

/**
 * Finds the cosign signatures of planned images. A signature that is damaged or incomplete is left
 * out and said so: the image is as good as before.
 */
final class Signatures {
  private final Contents contents;
  private final ContentWalker walker;
  private final Map<Destination, PlannedImage> planned;
  private final List<String> warnings = new ArrayList<>();

  /** Adds to {@code planned}. */
  Signatures(Contents contents, ContentWalker walker, Map<Destination, PlannedImage> planned) {
    this.contents = contents;
    this.walker = walker;
    this.planned = planned;
  }

  /** Plans the signatures of every image and of every instance of it; gives the warnings. */
  List<String> plan() {
    for (PlannedImage image : List.copyOf(planned.values())) {
      for (Part manifest : image.content().manifests()) {
        Tag tag = Tag.signatureOf(manifest.descriptor().digest());
        repositories(image).forEach(repository -> look(image, new CacheReference(repository, tag)));
      }
    }
    return List.copyOf(warnings);
  }

  private static Set<RepositoryName> repositories(PlannedImage image) {
    Set<RepositoryName> repositories = new LinkedHashSet<>();
    image.claims().forEach(claim -> repositories.add(claim.source().repository()));
    return repositories;
  }

  private void look(PlannedImage image, CacheReference source) {
    Optional<Digest> digest = contents.tag(source.repository(), source.tag());
    if (digest.isEmpty()) {
      return;
    }
    String subject = "signature " + source + " of " + image.origin();
    try {
      Walk walk = walker.walk(subject, image.destination().repository(), digest.get(), Set.of());
      walk.content()
          .ifPresentOrElse(
              content -> place(signature(image, source, content)),
              () -> leaveOut(subject, walk.gaps().size() + " pieces of it are missing"));
    } catch (ImageRefused refusal) {
      leaveOut(subject, refusal.sentence());
    } catch (Rejected damage) {
      if (damage.code() == Code.CHANGED_DURING_READ) {
        throw damage;
      }
      leaveOut(subject, damage.sentence());
    }
  }

  private static PlannedImage signature(
      PlannedImage image, CacheReference source, Content content) {
    return new PlannedImage(
        List.of(new Claim(ImageType.SIGNATURE, image.origin(), source)),
        new Destination(image.destination().repository(), source.tag()),
        content.root().digest(),
        content,
        Set.of(image.destination()));
  }

  private void leaveOut(String subject, String why) {
    warnings.add(subject + " is left out: " + why);
  }

  /** The same signature is found once for every tag of an image. */
  private void place(PlannedImage signature) {
    PlannedImage first = planned.putIfAbsent(signature.destination(), signature);
    if (first != null && !first.digest().equals(signature.digest())) {
      leaveOut(
          "signature " + signature.source() + " of " + signature.origin(),
          signature.destination() + " is taken by " + first.source());
    }
  }
}
