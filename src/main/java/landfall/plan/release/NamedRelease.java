package landfall.plan.release;

import java.util.List;
import java.util.Optional;
import landfall.archive.Contents;
import landfall.archive.TagLink;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.Reference;

/**
 * The one release that {@code platform.release} names. By tag, oc-mirror would ask the release's
 * origin for the digest; here the archive has to tell (AF§3.1).
 */
final class NamedRelease {
  private final Order order;

  NamedRelease(Order order) {
    this.order = order;
  }

  /**
   * The release by digest.
   *
   * @throws Rejected REF_INVALID
   */
  WantedRelease resolve(String text) {
    String source = order.configuration().name() + " (mirror.platform.release)";
    Reference reference = parse(source, text);
    if (reference.digest().isPresent()) {
      return WantedRelease.of(source, text);
    }
    return new WantedRelease(reference.name(), digest(source, reference));
  }

  private static Reference parse(String source, String text) {
    try {
      return Reference.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new Rejected(Code.REF_INVALID, source + ": " + malformed.getMessage(), malformed);
    }
  }

  /** The release image of that tag; else the only one there is. */
  private Digest digest(String source, Reference reference) {
    Contents contents = order.opened().contents();
    List<TagLink> all = contents.tags().stream().filter(ReleaseImages::isRelease).toList();
    List<TagLink> named =
        all.stream()
            .filter(link -> reference.tag().equals(Optional.of(link.tag().name())))
            .toList();
    List<TagLink> meant = named.isEmpty() ? all : named;
    if (meant.size() != 1) {
      throw new Rejected(
          Code.REF_INVALID,
          source
              + " names "
              + reference.reference()
              + " by tag; the archive has "
              + all.size()
              + " release images and none of that tag, expected the digest");
    }
    return meant.get(0).digest();
  }
}
