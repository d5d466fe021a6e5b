package landfall.plan.release;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import landfall.archive.TagLink;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.Reference;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;
import landfall.plan.configuration.ImageSetConfiguration.Platform;
import landfall.plan.release.ImageReferences.Component;

/** The images a release consists of (AF§3.1, step C). */
final class ReleaseImages {
  static final RepositoryName RELEASES = new RepositoryName("openshift/release-images");
  static final RepositoryName COMPONENTS = new RepositoryName("openshift/release");
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,2048}");

  private final Order order;
  private final Refusals refusals;
  private final Metadata metadata;
  private final KubeVirt kubeVirt;
  private final Set<String> platforms;

  ReleaseImages(Order order, Refusals refusals) {
    this.order = order;
    this.refusals = refusals;
    this.metadata = new Metadata(order.opened());
    Platform platform = order.configuration().platform();
    this.kubeVirt = new KubeVirt(order.opened().contents(), metadata, platform);
    this.platforms =
        platform.platforms().stream().map(InstancePlatform::toString).collect(Collectors.toSet());
  }

  /** Whether a tag is of a release image, and not of its signature. */
  static boolean isRelease(TagLink link) {
    return link.repository().equals(RELEASES) && !link.tag().name().endsWith(".sig");
  }

  /**
   * Refuses what no tool can have written as a reference.
   *
   * @throws IllegalArgumentException when it is so
   */
  static void requirePrintable(String reference) {
    if (!PRINTABLE.matcher(reference).matches()) {
      throw new IllegalArgumentException(
          "a reference has at most 2048 printable ASCII characters and no space");
    }
  }

  /** Where the image of a release goes. */
  Destination destination(Release release) {
    return order.names().place(RELEASES.path(), release.tag());
  }

  /**
   * The release image, which needs all of its components, and these; what is blocked is left out.
   *
   * @throws Rejected when the release cannot be delivered whatever becomes of its components
   */
  List<Candidate> of(Release release) {
    List<Component> components = new ArrayList<>(components(release));
    components.addAll(kubeVirt(release));
    List<Candidate> images = new ArrayList<>();
    boolean whole = true;
    for (Component component : components) {
      try {
        component(release, component).ifPresent(images::add);
      } catch (IllegalArgumentException unusable) {
        whole = false;
        refuse(release, component, unusable);
      }
    }
    if (whole) {
      release(release, images).ifPresent(images::add);
    } else {
      holdBack(release);
    }
    return images;
  }

  private List<Component> components(Release release) {
    String entry = release.manifest(ImageReferences.FILE);
    byte[] bytes =
        metadata.require(
            entry, ImageReferences.LARGEST, "the list of components of " + release.origin());
    return ImageReferences.read(entry, bytes);
  }

  /** A release without them is whole: nothing in it fails when they cannot be found out. */
  private List<Component> kubeVirt(Release release) {
    List<Component> images = new ArrayList<>();
    if (order.configuration().platform().kubeVirtContainer()) {
      String tag = release.tag() + "-kube-virt-container";
      refusals.guard(ImageType.COMPONENT, tag, () -> images.addAll(kubeVirt.of(release)));
    }
    return images;
  }

  private Optional<Candidate> component(Release release, Component component) {
    requirePrintable(component.image());
    Reference reference = Reference.parse(component.image());
    Tag tag = new Tag(release.tag() + "-" + component.name());
    return candidate(
        new Claim(ImageType.COMPONENT, component.image(), new CacheReference(COMPONENTS, tag)),
        reference.digest(),
        Set.of());
  }

  private Optional<Candidate> release(Release release, List<Candidate> components) {
    Set<Destination> needs = new HashSet<>();
    components.forEach(component -> needs.add(component.destination()));
    return candidate(
        new Claim(ImageType.RELEASE, release.origin(), new CacheReference(RELEASES, release.tag())),
        Optional.of(release.digest().toString()),
        needs);
  }

  private Optional<Candidate> candidate(
      Claim claim, Optional<String> pinned, Set<Destination> needs) {
    String path = claim.source().repository().path();
    Tag tag = claim.source().tag();
    if (order.blocked().block(claim.origin())
        || order.blocked().block(order.names().unflattened(path, tag.name()))) {
      return Optional.empty();
    }
    Destination destination = order.names().place(path, tag);
    return Optional.of(new Candidate(claim, destination, platforms, pinned, needs));
  }

  private void refuse(Release release, Component component, IllegalArgumentException unusable) {
    refusals.refuse(
        ImageType.COMPONENT,
        component.image(),
        new Rejected(
            Code.REF_INVALID,
            "component '"
                + component.name()
                + "' of release "
                + release.origin()
                + ": "
                + unusable.getMessage(),
            unusable));
  }

  private void holdBack(Release release) {
    refusals.refuse(
        ImageType.RELEASE,
        release.origin(),
        destination(release),
        Optional.of(release.digest()),
        new Rejected(
            Code.DEPENDENCY_FAILED,
            "release " + release.origin() + " is held back because a component of it is refused"));
  }
}
