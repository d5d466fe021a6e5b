package landfall.plan.helm;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One step of an {@link ImagePath}: from a value to those it leads to. */
sealed interface Step {
  Stream<Object> from(Object node);

  /** A field. */
  record Name(String name) implements Step {
    @Override
    public Stream<Object> from(Object node) {
      return node instanceof Map<?, ?> map ? Stream.ofNullable(map.get(name)) : Stream.of();
    }
  }

  /** Every item of a list, every value of a mapping. */
  record All() implements Step {
    @Override
    public Stream<Object> from(Object node) {
      if (node instanceof List<?> list) {
        return list.stream().map(Object.class::cast);
      }
      return node instanceof Map<?, ?> map
          ? map.values().stream().map(Object.class::cast)
          : Stream.of();
    }
  }

  /** Items of a list from one index to before another; negative ones count from the end. */
  record Slice(int from, int to, int by) implements Step {
    static final int END = Integer.MAX_VALUE;

    static Slice at(int index) {
      return new Slice(index, index == -1 ? END : index + 1, 1);
    }

    @Override
    public Stream<Object> from(Object node) {
      if (!(node instanceof List<?> list)) {
        return Stream.of();
      }
      int begin = place(from, list.size());
      int end = Math.min(place(to, list.size()), list.size());
      return IntStream.iterate(begin, i -> i < end, i -> i + by).mapToObj(list::get);
    }

    private static int place(int index, int size) {
      return index < 0 ? Math.max(0, index + size) : index;
    }
  }

  /** What any of several steps leads to. */
  record Union(List<Step> steps) implements Step {
    public Union {
      steps = List.copyOf(steps);
    }

    @Override
    public Stream<Object> from(Object node) {
      return steps.stream().flatMap(step -> step.from(node));
    }
  }

  /** The value itself and everything below it. */
  record Descent() implements Step {
    @Override
    public Stream<Object> from(Object node) {
      return Stream.concat(
          Stream.of(node), new All().from(node).filter(Objects::nonNull).flatMap(this::from));
    }
  }

  /** Items with a field that is there, or that equals, or does not equal, a text. */
  record Filter(List<Step> path, String operator, String text) implements Step {
    public Filter {
      path = List.copyOf(path);
    }

    @Override
    public Stream<Object> from(Object node) {
      return new All().from(node).filter(Objects::nonNull).filter(this::holds);
    }

    private boolean holds(Object item) {
      Stream<Object> found = Stream.of(item);
      for (Step step : path) {
        found = found.flatMap(step::from);
      }
      List<String> values = found.map(String::valueOf).toList();
      return switch (operator) {
        case "==" -> values.contains(text);
        case "!=" -> !values.isEmpty() && !values.contains(text);
        default -> !values.isEmpty();
      };
    }
  }
}
