package landfall.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.Reference;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.configuration.ImageSetConfiguration.AdditionalImage;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;

/** Says of each additional image where oc-mirror put it in the archive and where it goes. */
final class AdditionalImages {
  private static final String LATEST = "latest";
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,2048}");

  private final Order order;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<RefusedImage> refused = new ArrayList<>();

  private AdditionalImages(Order order) {
    this.order = order;
  }

  static Candidates collect(Order order) {
    AdditionalImages images = new AdditionalImages(order);
    order.configuration().additionalImages().forEach(images::collect);
    return new Candidates(images.candidates, images.refused, List.of(), List.of());
  }

  private void collect(AdditionalImage image) {
    if (order.blocked().block(image.name())) {
      return;
    }
    try {
      candidate(image).ifPresent(candidates::add);
    } catch (IllegalArgumentException unusable) {
      refused.add(
          new RefusedImage(
              ImageType.ADDITIONAL,
              image.name(),
              Optional.empty(),
              Optional.empty(),
              Code.REF_INVALID,
              "additional image '" + image.name() + "': " + unusable.getMessage()));
    }
  }

  private Optional<Candidate> candidate(AdditionalImage image) {
    if (!PRINTABLE.matcher(image.name()).matches()) {
      throw new IllegalArgumentException(
          "a reference has at most 2048 printable ASCII characters and no space");
    }
    Reference reference = Reference.parse(image.name());
    String path = path(reference, image);
    String tag = tag(reference, image);
    if (order.blocked().block(order.names().unflattened(path, tag))) {
      return Optional.empty();
    }
    CacheReference source = new CacheReference(new RepositoryName(path), new Tag(tag));
    return Optional.of(
        new Candidate(
            new Claim(ImageType.ADDITIONAL, image.name(), source),
            order.names().place(path, source.tag()),
            image.platforms().stream().map(InstancePlatform::toString).collect(Collectors.toSet()),
            reference.digest(),
            Set.of()));
  }

  /** A folder on the sender's disk has an absolute path. */
  private static String path(Reference reference, AdditionalImage image) {
    String path = image.targetRepo().orElse(reference.path());
    return !reference.docker() && path.startsWith("/") ? path.substring(1) : path;
  }

  private static String tag(Reference reference, AdditionalImage image) {
    if (!reference.docker()) {
      return image.targetTag().orElse(LATEST);
    }
    return image
        .targetTag()
        .or(reference::tag)
        .or(() -> reference.digest().map(digest -> digest.replace(':', '-')))
        .orElseThrow();
  }
}
