package landfall.plan.leftover;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.archive.TagLink;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.open.Opened;
import landfall.plan.candidate.CacheReference;
import landfall.plan.content.Content;
import landfall.plan.content.ContentWalker;
import landfall.plan.content.Elsewhere;
import landfall.plan.content.Part;
import landfall.plan.content.Walk;

/**
 * Finds the tags of one archive whose images are complete in it (AF§10). Links to content of other
 * runs and other workspaces are many, and are passed over quickly.
 */
public final class Leftovers {
  private static final Pattern SIGNATURE = Pattern.compile("sha256-([a-f0-9]{64})\\.sig");

  private final Opened opened;
  private final ContentWalker walker;

  public Leftovers(Opened opened) {
    this.opened = opened;
    this.walker =
        new ContentWalker(opened.contents(), opened.history()::contains, Elsewhere.NOWHERE);
  }

  /** Complete images that nobody claims, signatures left out. */
  public List<TagLink> images(Set<CacheReference> claimed) {
    List<TagLink> found = new ArrayList<>();
    for (TagLink link : opened.contents().tags()) {
      if (!isSignature(link) && !claimed.contains(reference(link)) && isComplete(link)) {
        found.add(link);
      }
    }
    return found;
  }

  /**
   * Complete signatures of images that nobody claims.
   *
   * @param claimed images whose signatures are claimed with them
   * @param delivered manifests that are delivered, by the repository they lie in
   */
  public List<TagLink> signatures(Set<CacheReference> claimed, Set<Signed> delivered) {
    Set<Signed> signed = new HashSet<>(delivered);
    claimed.forEach(reference -> signed.addAll(manifests(reference)));
    List<TagLink> found = new ArrayList<>();
    for (TagLink link : opened.contents().tags()) {
      Matcher signature = SIGNATURE.matcher(link.tag().name());
      if (signature.matches()
          && !signed.contains(new Signed(link.repository().path(), new Digest(signature.group(1))))
          && isComplete(link)) {
        found.add(link);
      }
    }
    return found;
  }

  /** Whether the archive holds more than is looked through, so that some may be unknown. */
  public boolean exhausted() {
    return walker.exhausted();
  }

  /** A manifest in a repository of the archive. */
  public record Signed(String repository, Digest manifest) {}

  private Set<Signed> manifests(CacheReference reference) {
    Set<Signed> manifests = new HashSet<>();
    opened
        .contents()
        .tag(reference.repository(), reference.tag())
        .flatMap(digest -> content(new TagLink(reference.repository(), reference.tag(), digest)))
        .ifPresent(
            content -> {
              for (Part part : content.manifests()) {
                manifests.add(
                    new Signed(reference.repository().path(), part.descriptor().digest()));
              }
            });
    return manifests;
  }

  /**
   * Whether this archive brings it: its manifest, and all that no earlier archive brought. What was
   * carried before is no news.
   */
  private boolean isComplete(TagLink link) {
    if (opened.contents().blob(link.digest()).isEmpty()
        || opened.history().contains(link.digest())) {
      return false;
    }
    return walk(link)
        .filter(
            walk -> walk.gaps().stream().allMatch(gap -> opened.history().contains(gap.digest())))
        .isPresent();
  }

  private Optional<Content> content(TagLink link) {
    return walk(link).flatMap(Walk::content);
  }

  /** Nothing where the image is damaged: nobody asked for it. */
  private Optional<Walk> walk(TagLink link) {
    if (walker.exhausted()) {
      return Optional.empty();
    }
    try {
      String image = "image " + reference(link);
      return Optional.of(walker.walk(image, link.repository(), link.digest(), Set.of()));
    } catch (ImageRefused notPushed) {
      return Optional.empty();
    } catch (Rejected damaged) {
      if (damaged.code() == Code.CHANGED_DURING_READ) {
        throw damaged;
      }
      return Optional.empty();
    }
  }

  static boolean isSignature(TagLink link) {
    return SIGNATURE.matcher(link.tag().name()).matches();
  }

  static CacheReference reference(TagLink link) {
    return new CacheReference(link.repository(), link.tag());
  }
}
