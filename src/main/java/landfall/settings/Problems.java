package landfall.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers everything that is wrong with the settings, so that all of it is said at once. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(Origin origin, String what, String sentence) {
    found.add(new Problem(origin, what + ": " + sentence));
  }

  void add(Origin origin, String what, String value, String expected) {
    add(origin, what, "found " + value + ", expected " + expected);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new SettingsException(
          found.stream()
              .sorted(Comparator.comparing(Problem::origin))
              .map(problem -> problem.origin() + ": " + problem.sentence())
              .toList());
    }
  }

  private record Problem(Origin origin, String sentence) {}
}
