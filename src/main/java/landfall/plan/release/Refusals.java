package landfall.plan.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.RefusedImage;

/** What of the releases cannot be delivered, and what a person should know; each told once. */
final class Refusals {
  private final Map<String, RefusedImage> images = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  /** Does a piece of work; when it cannot be done, what it was for is refused and others go on. */
  void guard(ImageType type, String origin, Runnable work) {
    try {
      work.run();
    } catch (Rejected refusal) {
      refuse(type, origin, refusal);
    }
  }

  /** Refuses something of which nothing but its name is known. */
  void refuse(ImageType type, String origin, Rejected refusal) {
    requireUnchanged(refusal);
    add(
        new RefusedImage(
            type, origin, Optional.empty(), Optional.empty(), refusal.code(), refusal.sentence()));
  }

  /** Refuses an image of which it is known where it would have gone. */
  void refuse(
      ImageType type,
      String origin,
      Destination destination,
      Optional<Digest> digest,
      Rejected refusal) {
    requireUnchanged(refusal);
    add(
        new RefusedImage(
            type, origin, Optional.of(destination), digest, refusal.code(), refusal.sentence()));
  }

  private void add(RefusedImage image) {
    String place = image.destination().map(Destination::toString).orElse(image.origin());
    images.putIfAbsent(place, image);
  }

  void warn(String sentence) {
    warnings.add(sentence);
  }

  List<RefusedImage> images() {
    return List.copyOf(images.values());
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Where the medium changes under our hands nothing else counts. */
  private static void requireUnchanged(Rejected refusal) {
    if (refusal.code() == Code.CHANGED_DURING_READ) {
      throw refusal;
    }
  }
}
