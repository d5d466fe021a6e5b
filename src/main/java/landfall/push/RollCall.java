package landfall.push;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Parked;
import landfall.plan.PlannedImage;
import landfall.registry.Registry;

/** Looks at the tags of images, a few at a time, and says which do not point where they should. */
final class RollCall {
  private static final int AT_A_TIME = 4;

  private final Registry registry;

  RollCall(Registry registry) {
    this.registry = registry;
  }

  List<PlannedImage> missing(List<PlannedImage> images) {
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
    return registry
        .tagged(image.destination().repository(), image.destination().tag())
        .filter(image.digest()::equals)
        .isPresent();
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
