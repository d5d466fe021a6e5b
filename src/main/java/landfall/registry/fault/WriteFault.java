package landfall.registry.fault;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.failure.Code;
import landfall.image.RepositoryName;

/**
 * A registry lets us in but takes nothing for a repository. It travels as evidence of the failure,
 * so that whoever finds that later can try whether it still lasts.
 */
public record WriteFault(Code code, RepositoryName repository) {
  private static final String REPOSITORY = "repository: ";
  private static final Set<Code> OF_WRITES =
      Set.of(
          Code.REGISTRY_READONLY,
          Code.REGISTRY_DENIED,
          Code.REGISTRY_QUOTA,
          Code.REGISTRY_FULL,
          Code.REPO_MISSING);

  static String evidence(RepositoryName repository) {
    return REPOSITORY + repository;
  }

  /** The fault behind a failure, if it was of writing. */
  public static Optional<WriteFault> behind(Code code, List<String> evidence) {
    return evidence.stream()
        .filter(line -> OF_WRITES.contains(code) && line.startsWith(REPOSITORY))
        .findFirst()
        .map(line -> new RepositoryName(line.substring(REPOSITORY.length())))
        .map(repository -> new WriteFault(code, repository));
  }
}
