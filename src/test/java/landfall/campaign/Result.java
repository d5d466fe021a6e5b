package landfall.campaign;

import java.util.List;
import java.util.Map;

/**
 * What one trial found.
 *
 * @param key names the trial; the same for the same seed and options
 * @param numbers counts and measures by name
 * @param problems what was promised and not kept; none when all is well
 */
record Result(String key, Map<String, Long> numbers, List<String> problems) {

  long number(String name) {
    return numbers.getOrDefault(name, 0L);
  }

  static long sum(List<Result> results, String name) {
    return results.stream().mapToLong(each -> each.number(name)).sum();
  }

  static long most(List<Result> results, String name) {
    return results.stream().mapToLong(each -> each.number(name)).max().orElse(0);
  }

  static long failed(List<Result> results) {
    return results.stream().filter(each -> !each.problems().isEmpty()).count();
  }
}
