package landfall.registry.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.image.RepositoryName;

/**
 * What the repositories of a registry tell together. One that is refused while others take what
 * they are sent is alone with its trouble; names that are refused all over are not the names'
 * fault.
 */
final class Neighbours {
  /** So many repositories in a row are no single one's trouble. */
  static final int MANY = 3;

  private final Map<Class<?>, Set<RepositoryName>> granted = new HashMap<>();
  private final Map<Class<?>, Set<RepositoryName>> denied = new HashMap<>();
  private final Map<Class<?>, Set<RepositoryName>> misnamed = new HashMap<>();

  synchronized void succeeded(Step<?> step) {
    step.repository().ifPresent(repository -> of(step, granted).add(repository));
    of(step, denied).clear();
  }

  /** Those that went so with such a step: who may write may not read, and the other way round. */
  private static Set<RepositoryName> of(Step<?> step, Map<Class<?>, Set<RepositoryName>> all) {
    return all.computeIfAbsent(step.getClass(), unknown -> new HashSet<>());
  }

  /** The failure of a step in the light of what others met. */
  synchronized Failure judge(Step<?> step, Failure failure) {
    if (step.repository().isEmpty()) {
      return failure;
    }
    return switch (failure.code()) {
      case REGISTRY_DENIED -> denied(step, step.repository().get(), failure);
      case NAME_REJECTED -> misnamed(step, step.repository().get(), failure);
      default -> failure;
    };
  }

  private Failure denied(Step<?> step, RepositoryName repository, Failure failure) {
    of(step, denied).add(repository);
    boolean alone =
        of(step, denied).size() < MANY
            && of(step, granted).stream().anyMatch(other -> !other.equals(repository));
    return alone
        ? new ImageRefused(
            failure.code(),
            failure.sentence() + "; other repositories allow it",
            failure.evidence())
        : failure;
  }

  private Failure misnamed(Step<?> step, RepositoryName repository, Failure failure) {
    Set<RepositoryName> names = of(step, misnamed);
    names.add(repository);
    if (!of(step, granted).isEmpty() || names.size() < MANY) {
      return failure;
    }
    List<String> evidence = new ArrayList<>(failure.evidence());
    names.forEach(each -> evidence.add("refused name: " + each));
    return new Parked(Code.REGISTRY_MISCONFIGURED, failure.sentence(), evidence);
  }
}
