package landfall.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers what one trial finds. */
final class Tally {
  private final Map<String, Long> numbers = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  void add(String name, long more) {
    numbers.merge(name, more, Long::sum);
  }

  void most(String name, long value) {
    numbers.merge(name, value, Long::max);
  }

  void problem(String what) {
    problems.add(what);
  }

  void problems(List<String> more) {
    problems.addAll(more);
  }

  void expect(boolean kept, String otherwise) {
    if (!kept) {
      problems.add(otherwise);
    }
  }

  long number(String name) {
    return numbers.getOrDefault(name, 0L);
  }

  boolean clean() {
    return problems.isEmpty();
  }

  Result result(String key) {
    return new Result(key, Map.copyOf(numbers), List.copyOf(problems));
  }
}
