package landfall.push;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.ledger.Reason;
import landfall.plan.PlannedImage;
import landfall.registry.Registry;

/** Looks at the tags of images, and moves those again that do not point where they should. */
final class RollCall {
  private static final int REPAIRS = 2;

  private final Push push;
  private final Registry registry;
  private final Map<PlannedImage, Reason> left = new LinkedHashMap<>();
  private final Map<PlannedImage, ImageRefused> unreadable = new ConcurrentHashMap<>();

  RollCall(Push push) {
    this.push = push;
    this.registry = push.registry();
  }

  /** Those whose tags are not to be moved: there is more to it than a tag that was dropped. */
  List<PlannedImage> lost(List<PlannedImage> images) {
    List<PlannedImage> lost = missing(images);
    for (int attempt = 1; attempt <= REPAIRS && moveAgain(lost); attempt++) {
      lost = missing(lost);
    }
    return lost.stream().filter(image -> !left.containsKey(image)).toList();
  }

  /** Those whose tags have moved on meanwhile, and why they are left. */
  Map<PlannedImage, Reason> left() {
    return left;
  }

  /** Those whose tags the registry does not tell, and why: nobody knows where they point. */
  Map<PlannedImage, ImageRefused> unreadable() {
    return unreadable;
  }

  /** What it means that some are lost. */
  Parked failure(List<PlannedImage> lost) {
    List<String> places = lost.stream().map(image -> image.destination().toString()).toList();
    return new Parked(
        Code.REGISTRY_INCONSISTENT,
        push.plan().target().address()
            + " has lost "
            + places.size()
            + " images since they were pushed: "
            + places.get(0)
            + (places.size() > 1 ? " and others" : ""),
        places);
  }

  /** Whether there was something to move that may be moved, and the registry took it all. */
  private boolean moveAgain(List<PlannedImage> lost) {
    try {
      for (PlannedImage image : lost) {
        Optional<Reason> why = now(image).flatMap(there -> push.tags().leaves(image, there));
        if (why.isPresent()) {
          left.put(image, why.get());
        } else {
          new ImagePush(push, image).moveTag();
        }
      }
      return !lost.isEmpty();
    } catch (ImageRefused gone) {
      return false;
    }
  }

  private List<PlannedImage> missing(List<PlannedImage> images) {
    return Convoy.gather(images, push.lanes(), image -> Optional.of(image).filter(this::isMissing));
  }

  private boolean isMissing(PlannedImage image) {
    try {
      return now(image).filter(image.digest()::equals).isEmpty();
    } catch (ImageRefused why) {
      unreadable.put(image, why);
      return false;
    }
  }

  /** What a tag gives to whoever pulls it; the digest that a registry only names is no proof. */
  private Optional<Digest> now(PlannedImage image) {
    return registry
        .manifest(image.destination().repository(), image.destination().tag().name())
        .map(RawManifest::digest);
  }
}
