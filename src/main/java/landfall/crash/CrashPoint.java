package landfall.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A place where the process may be made to end, as {@code kill -9} would end it.
 *
 * <p>Two system properties, for tests alone: {@code landfall.crash=NAME:HIT} halts with exit code
 * 137 when the point is passed for the HIT-th time, counted from 1; {@code
 * landfall.crash.list=FILE} appends the name of each point passed to a file. Without them a point
 * costs one comparison.
 */
public final class CrashPoint {
  private static final int KILLED = 137;
  private static final Optional<Switch> SWITCH = Switch.read();

  private CrashPoint() {}

  /** Passes a point; may not return. */
  public static void pass(String name) {
    if (SWITCH.isPresent()) {
      SWITCH.get().pass(name);
    }
  }

  /** What the properties ask for. */
  private record Switch(String name, int hit, Optional<Path> list, Map<String, Integer> passed) {
    static Optional<Switch> read() {
      String crash = System.getProperty("landfall.crash", "");
      Optional<Path> list =
          Optional.ofNullable(System.getProperty("landfall.crash.list")).map(Path::of);
      if (crash.isEmpty() && list.isEmpty()) {
        return Optional.empty();
      }
      int colon = crash.lastIndexOf(':');
      return Optional.of(
          new Switch(
              colon < 0 ? crash : crash.substring(0, colon),
              colon < 0 ? 1 : Integer.parseInt(crash.substring(colon + 1)),
              list,
              new ConcurrentHashMap<>()));
    }

    void pass(String point) {
      int count = passed.merge(point, 1, Integer::sum);
      list.ifPresent(file -> append(file, point));
      if (point.equals(name) && count == hit) {
        Runtime.getRuntime().halt(KILLED);
      }
    }

    private static synchronized void append(Path file, String point) {
      try {
        Files.writeString(file, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
