package landfall.push;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import landfall.failure.Code;
import landfall.failure.Parked;

/**
 * Things of one kind on their way, such as the blobs of an image: one after the other, and more at
 * a time while their registry has lanes to spare, as when few images are left.
 */
final class Convoy<T> {
  private final Queue<T> waiting;
  private final Lanes lanes;
  private final Consumer<T> bring;
  private final Queue<Future<?>> help = new ConcurrentLinkedQueue<>();
  private volatile Optional<RuntimeException> fault = Optional.empty();

  /**
   * @param bring brings one of them; called from several threads
   */
  Convoy(List<T> things, Lanes lanes, Consumer<T> bring) {
    this.waiting = new ConcurrentLinkedQueue<>(things);
    this.lanes = lanes;
    this.bring = bring;
  }

  /** Looks at things side by side; what was found of them, in their order. */
  static <T, R> List<R> gather(List<T> things, Lanes lanes, Function<T, Optional<R>> look) {
    Map<Integer, R> found = new ConcurrentSkipListMap<>();
    List<Integer> all = IntStream.range(0, things.size()).boxed().toList();
    new Convoy<>(
            all,
            lanes,
            each -> look.apply(things.get(each)).ifPresent(result -> found.put(each, result)))
        .run();
    return List.copyOf(found.values());
  }

  /** Returns when all have come, or with the first fault once nothing is under way. */
  void run() {
    drive();
    for (Future<?> each = help.poll(); each != null; each = help.poll()) {
      await(each);
    }
    fault.ifPresent(
        failure -> {
          throw failure;
        });
  }

  private void drive() {
    for (T next = waiting.poll(); next != null && fault.isEmpty(); next = waiting.poll()) {
      if (!waiting.isEmpty()) {
        lanes.beside(this::drive).ifPresent(help::add);
      }
      try {
        bring.accept(next);
      } catch (RuntimeException failed) {
        fault = fault.or(() -> Optional.of(failed));
      }
    }
  }

  private void await(Future<?> helper) {
    try {
      helper.get();
    } catch (InterruptedException stopped) {
      helper.cancel(true);
      help.forEach(each -> each.cancel(true));
      Thread.currentThread().interrupt();
      throw new Parked(Code.REGISTRY_DOWN, "stopped in the middle of a delivery", stopped);
    } catch (ExecutionException broken) {
      if (broken.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(broken.getCause());
    }
  }
}
