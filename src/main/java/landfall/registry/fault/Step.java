package landfall.registry.fault;

import java.util.Optional;
import landfall.image.RepositoryName;

/** One thing asked of a registry, which may take more than one request and more than one try. */
public interface Step<T> {
  /** What is being done to what, as the beginning of a sentence. */
  String phrase();

  T attempt() throws RequestFault;

  /** The repository it concerns; a step without one is about the registry as a whole. */
  default Optional<RepositoryName> repository() {
    return Optional.empty();
  }

  /**
   * Something that changes nothing, costs next to nothing, and shows whether the registry still
   * does the like of this step, which went well.
   */
  default Optional<Step<?>> proof() {
    return Optional.empty();
  }

  /** How much of it is done that the next attempt need not repeat, in whatever unit. */
  default long progress() {
    return 0;
  }

  /** Looks whether an attempt whose end nobody saw has taken effect after all. */
  default Optional<T> settle() throws RequestFault {
    return Optional.empty();
  }

  /**
   * Chooses another way of sending because of a fault.
   *
   * @return false when there is none
   */
  default boolean otherwise(Fault fault) {
    return false;
  }

  /**
   * Hashes our own bytes again because the registry found them wrong.
   *
   * @throws landfall.failure.Failure when they are
   */
  default void rehash() {}
}
