package landfall.demo;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides which requests to an {@link EmbeddedRegistry} go wrong, for tests of its clients. */
@FunctionalInterface
public interface Faults {
  /**
   * What befalls a request; asked once for each, before anything is read or done. It runs on the
   * request's own thread, so one that waits in here delays the request.
   */
  Optional<Fault> befalling(String method, String path);

  /** Nothing goes wrong. */
  static Faults none() {
    return (method, path) -> Optional.empty();
  }

  /**
   * One thing that goes wrong.
   *
   * @param worked whether the request is carried out all the same
   * @param status what is answered in place of the true answer; empty when the connection is cut
   * @param headers what goes with the status
   */
  record Fault(boolean worked, OptionalInt status, Map<String, String> headers) {
    public Fault {
      headers = Map.copyOf(headers);
    }

    /** Answers this status and does nothing else; a request body is read and dropped. */
    public static Fault answering(int status) {
      return answering(status, Map.of());
    }

    /** Like {@link #answering(int)}, with headers such as {@code Retry-After}. */
    public static Fault answering(int status, Map<String, String> headers) {
      return new Fault(false, OptionalInt.of(status), headers);
    }

    /** Cuts the connection without reading a request body. */
    public static Fault cut() {
      return new Fault(false, OptionalInt.empty(), Map.of());
    }

    /** Carries the request out and cuts the connection instead of answering. */
    public static Fault answerLost() {
      return new Fault(true, OptionalInt.empty(), Map.of());
    }
  }
}
