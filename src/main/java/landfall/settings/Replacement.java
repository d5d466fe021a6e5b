package landfall.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value that takes the place of what the file says at a path.
 *
 * @param path keys, and indexes of list elements, from the outermost in
 */
record Replacement(List<String> path, Written.Text value) {
  /** List elements in their order, so that 10 comes after 9. */
  static final Comparator<Replacement> BY_PATH =
      Comparator.comparing(Replacement::sortable).thenComparing(each -> each.value.origin());

  private static final Pattern INDEX = Pattern.compile("\\d{1,3}");

  static boolean isIndex(String word) {
    return INDEX.matcher(word).matches();
  }

  Written.Group in(Written.Group settings, Problems problems) {
    return member(settings, path, problems);
  }

  private Written.Group member(Written.Group group, List<String> rest, Problems problems) {
    String key = rest.get(0);
    Optional<Written> now = Optional.ofNullable(group.members().get(key));
    return group.with(key, changed(now, tail(rest), problems));
  }

  private Written changed(Optional<Written> now, List<String> rest, Problems problems) {
    if (rest.isEmpty()) {
      return value;
    }
    Optional<Written> standing = now.filter(written -> !written.blank());
    if (isIndex(rest.get(0))) {
      Written list = standing.orElseGet(() -> new Written.Items(value.origin(), List.of()));
      return list instanceof Written.Items items ? item(items, rest, problems) : list;
    }
    Written group = standing.orElseGet(() -> new Written.Group(value.origin(), Map.of()));
    // What is no group stays: Structure says that it should be one.
    return group instanceof Written.Group members ? member(members, rest, problems) : group;
  }

  private Written item(Written.Items list, List<String> rest, Problems problems) {
    int index = Integer.parseInt(rest.get(0));
    int size = list.items().size();
    if (index > size) {
      problems.add(value.origin(), "override", "index " + index, "at most " + size);
      return list;
    }
    List<Written> items = new ArrayList<>(list.items());
    Optional<Written> now = index < size ? Optional.of(items.remove(index)) : Optional.empty();
    items.add(index, changed(now, tail(rest), problems));
    return new Written.Items(list.origin(), items);
  }

  private static List<String> tail(List<String> rest) {
    return rest.subList(1, rest.size());
  }

  private String sortable() {
    return path.stream()
        .map(word -> isIndex(word) ? "0".repeat(4 - word.length()) + word : word)
        .collect(Collectors.joining("."));
  }
}
