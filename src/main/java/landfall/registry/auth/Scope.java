package landfall.registry.auth;

import java.util.List;
import java.util.Optional;
import landfall.image.RepositoryName;

/**
 * What a token is wanted for.
 *
 * @param repository whose credentials apply; empty for the registry as a whole
 * @param actions scope values as the token server takes them
 */
public record Scope(Optional<RepositoryName> repository, List<String> actions) {
  public Scope {
    actions = List.copyOf(actions);
  }

  /**
   * Only to be let in.
   *
   * @param prefix the path all repositories lie below: auth files may hold credentials just for it
   */
  public static Scope registry(Optional<RepositoryName> prefix) {
    return new Scope(prefix, List.of());
  }

  public static Scope push(RepositoryName repository) {
    return new Scope(Optional.of(repository), List.of("repository:" + repository + ":pull,push"));
  }

  /** To push to one repository what another one holds. */
  public static Scope mount(RepositoryName repository, RepositoryName from) {
    return new Scope(
        Optional.of(repository),
        List.of("repository:" + repository + ":pull,push", "repository:" + from + ":pull"));
  }

  /** The same without what it wants of another repository; empty where it wants nothing there. */
  public Optional<Scope> own() {
    return actions.size() > 1 ? repository.map(Scope::push) : Optional.empty();
  }
}
