package landfall.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.image.RepositoryName;
import landfall.plan.PlannedImage;
import landfall.plan.candidate.Destination;

/**
 * What images of one delivery were given up for, to tell a registry that takes nothing of anybody
 * from images with a trouble of their own.
 */
final class Rejections {
  /** So many are no single one's trouble. */
  private static final int MANY = 3;

  private final Map<RepositoryName, Failure> denied = new ConcurrentHashMap<>();
  private final Set<Destination> forgotten = ConcurrentHashMap.newKeySet();
  private volatile boolean anyDelivered;

  void delivered() {
    anyDelivered = true;
  }

  /** Why the delivery stops with this image; empty where it may be this image's alone. */
  Optional<Failure> stopping(PlannedImage image, Failure why) {
    if (!(why instanceof ImageRefused)) {
      return why.code() == Code.REGISTRY_DENIED ? denied(image, why) : Optional.of(why);
    }
    return why.code() == Code.REFERENCE_UNKNOWN ? forgotten(image, why) : Optional.empty();
  }

  /** What becomes of the others tells whether this repository is alone, so they are tried. */
  private Optional<Failure> denied(PlannedImage image, Failure why) {
    denied.put(image.destination().repository(), why);
    return denied.size() < MANY ? Optional.empty() : Optional.of(why);
  }

  private Optional<Failure> forgotten(PlannedImage image, Failure why) {
    forgotten.add(image.destination());
    if (anyDelivered || forgotten.size() < MANY) {
      return Optional.empty();
    }
    List<String> evidence = new ArrayList<>(why.evidence());
    forgotten.forEach(each -> evidence.add("refused: " + each));
    return Optional.of(
        new Parked(
            Code.REGISTRY_INCONSISTENT,
            why.sentence() + "; the registry has kept none of the images tried so far",
            evidence));
  }

  /** Why the delivery stops although images were left, when none got through. */
  Optional<Failure> ofNoneDelivered() {
    return denied.values().stream().findFirst();
  }
}
