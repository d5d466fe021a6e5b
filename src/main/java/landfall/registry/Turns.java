package landfall.registry;

import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import landfall.image.RepositoryName;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Step;

/**
 * Lets manifests into a repository one after the other, for registries that answer two at a time
 * with MANIFEST_INVALID (Quay, jib issue 2470).
 */
final class Turns {
  private static final int LOCKS = 256;

  private final Lock[] locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

  <T> Step<T> taking(RepositoryName repository, Step<T> step) {
    Lock lock = locks[Math.floorMod(repository.hashCode(), LOCKS)];
    return new Step<>() {
      @Override
      public String phrase() {
        return step.phrase();
      }

      @Override
      public Optional<RepositoryName> repository() {
        return Optional.of(repository);
      }

      @Override
      public Optional<Step<?>> proof() {
        return step.proof().map(proof -> taking(repository, proof));
      }

      @Override
      public T attempt() throws RequestFault {
        lock.lock();
        try {
          return step.attempt();
        } finally {
          lock.unlock();
        }
      }

      @Override
      public Optional<T> settle() throws RequestFault {
        return step.settle();
      }
    };
  }
}
