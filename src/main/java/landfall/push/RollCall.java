package landfall.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.image.Digest;
import landfall.plan.PlannedImage;
import landfall.registry.Registry;

/**
 * Looks at the tags of images, a few at a time, and moves those again that do not point where they
 * should.
 */
final class RollCall {
  private static final int AT_A_TIME = 4;
  private static final int REPAIRS = 2;

  private final Push push;
  private final Registry registry;

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
    return lost;
  }

  /** Whether there was something to move that may be moved, and the registry took it all. */
  private boolean moveAgain(List<PlannedImage> lost) {
    try {
      for (PlannedImage image : lost) {
        now(image).ifPresent(there -> push.tags().leaves(image, there));
        new ImagePush(push, image).moveTag();
      }
      return !lost.isEmpty();
    } catch (ImageRefused gone) {
      return false;
    }
  }

  private List<PlannedImage> missing(List<PlannedImage> images) {
    ExecutorService callers = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      List<Future<Boolean>> answers =
          images.stream().map(image -> callers.submit(() -> isTagged(image))).toList();
      List<PlannedImage> missing = new ArrayList<>();
      for (int each = 0; each < images.size(); each++) {
        if (!answer(answers.get(each))) {
          missing.add(images.get(each));
        }
      }
      return missing;
    } finally {
      callers.shutdownNow();
    }
  }

  private boolean isTagged(PlannedImage image) {
    return now(image).filter(image.digest()::equals).isPresent();
  }

  private Optional<Digest> now(PlannedImage image) {
    return registry.tagged(image.destination().repository(), image.destination().tag());
  }

  private static boolean answer(Future<Boolean> answer) {
    try {
      return answer.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Failure known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Parked(Code.REGISTRY_DOWN, "stopped while looking at tags", stopped);
    }
  }
}
