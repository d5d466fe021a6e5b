package landfall.registry.fault;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private static final int MANY = 3;

  private final Set<RepositoryName> taking = new HashSet<>();
  private final Set<RepositoryName> denied = new HashSet<>();
  private final Set<RepositoryName> misnamed = new HashSet<>();

  synchronized void succeeded(Step<?> step) {
    if (step.writes() && step.repository().isPresent()) {
      taking.add(step.repository().get());
      denied.clear();
    }
  }

  /** The failure of a step in the light of what others met. */
  synchronized Failure judge(Step<?> step, Failure failure) {
    if (step.repository().isEmpty()) {
      return failure;
    }
    return switch (failure.code()) {
      case REGISTRY_DENIED -> denied(step.repository().get(), failure);
      case NAME_REJECTED -> misnamed(step.repository().get(), failure);
      default -> failure;
    };
  }

  private Failure denied(RepositoryName repository, Failure failure) {
    denied.add(repository);
    boolean alone =
        denied.size() < MANY && taking.stream().anyMatch(other -> !other.equals(repository));
    return alone
        ? new ImageRefused(
            failure.code(),
            failure.sentence() + "; other repositories take what they are sent",
            failure.evidence())
        : failure;
  }

  private Failure misnamed(RepositoryName repository, Failure failure) {
    misnamed.add(repository);
    if (!taking.isEmpty() || misnamed.size() < MANY) {
      return failure;
    }
    List<String> evidence = new ArrayList<>(failure.evidence());
    misnamed.forEach(each -> evidence.add("refused name: " + each));
    return new Parked(Code.REGISTRY_MISCONFIGURED, failure.sentence(), evidence);
  }
}
