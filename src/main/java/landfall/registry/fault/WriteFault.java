package landfall.registry.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.image.RepositoryName;

/**
 * A registry lets us in but takes nothing for a repository. It travels as evidence of the failure,
 * so that whoever finds that later can try whether it still lasts.
 */
public record WriteFault(Code code, RepositoryName repository) {
  private static final String REFUSED = "refused a write: ";
  private static final Set<Code> OF_WRITES =
      Set.of(
          Code.REGISTRY_READONLY,
          Code.REGISTRY_DENIED,
          Code.REGISTRY_QUOTA,
          Code.REGISTRY_FULL,
          Code.REPO_MISSING,
          Code.PROXY_BODY_LIMIT);

  /** Of what a step ended with, if that is a refused write. */
  static Optional<WriteFault> of(Code code, Step<?> step) {
    return step.repository()
        .filter(repository -> OF_WRITES.contains(code))
        .map(repository -> new WriteFault(code, repository));
  }

  /** The fault behind a failure, if there was one. */
  public static Optional<WriteFault> behind(List<String> evidence) {
    return evidence.stream()
        .filter(line -> line.startsWith(REFUSED))
        .findFirst()
        .map(line -> line.substring(REFUSED.length()).split(" ", 2))
        .map(words -> new WriteFault(Code.valueOf(words[0]), new RepositoryName(words[1])));
  }

  String evidence() {
    return REFUSED + code + " " + repository;
  }

  /** What was found when it was tried; that it was about this write is not forgotten. */
  public Parked behind(Parked found) {
    List<String> evidence = new ArrayList<>(found.evidence());
    if (behind(evidence).isEmpty()) {
      evidence.add(evidence());
    }
    return new Parked(found.code(), found.sentence(), evidence);
  }
}
