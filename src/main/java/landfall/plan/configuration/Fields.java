package landfall.plan.configuration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The fields of one YAML mapping: hands out typed values and complains of those nobody asked for.
 *
 * <p>Names are compared without case and null counts as absent, because oc-mirror's JSON decoder
 * does so: what it accepted on the sending side must not be refused here.
 */
final class Fields {
  private static final Set<Tag> TEXT = Set.of(Tag.STR, Tag.TIMESTAMP);

  /** Go's YAML knows one letter for a truth, Java's does not. */
  private static final Set<String> LETTERS = Set.of("y", "n");

  private static final int DEEPEST_MERGE = 10;
  private static final int LONGEST_NUMBER = 20;

  private final Problems problems;
  private final String path;
  private final MappingNode node;
  private final Map<String, NodeTuple> tuples = new LinkedHashMap<>();
  private final Set<String> known = new HashSet<>();

  Fields(Problems problems, String path, MappingNode node) {
    this.problems = problems;
    this.path = path;
    this.node = node;
    node.getValue().stream().filter(tuple -> !isMerge(tuple)).forEach(this::remember);
    node.getValue().stream().filter(Fields::isMerge).forEach(tuple -> merge(tuple, 1));
  }

  private static boolean isMerge(NodeTuple tuple) {
    return Tag.MERGE.equals(tuple.getKeyNode().getTag());
  }

  /** What is merged into a mapping gives way to what stands in it. */
  private void merge(NodeTuple merge, int depth) {
    problems.visited();
    Node value = merge.getValueNode();
    List<Node> sources = value instanceof SequenceNode list ? list.getValue() : List.of(value);
    for (Node source : sources) {
      if (!(source instanceof MappingNode mapping) || depth > DEEPEST_MERGE) {
        problems.at(source, path + " merges what is no mapping, or one that merges itself");
        continue;
      }
      for (NodeTuple tuple : mapping.getValue()) {
        if (isMerge(tuple)) {
          merge(tuple, depth + 1);
        } else if (tuple.getKeyNode() instanceof ScalarNode key) {
          tuples.putIfAbsent(key.getValue().toLowerCase(Locale.ROOT), tuple);
        }
      }
    }
  }

  /** The fields of a node, if it is a mapping. */
  static Optional<Fields> of(Problems problems, String path, Node node) {
    problems.visited();
    if (node instanceof MappingNode mapping && Tag.MAP.equals(node.getTag())) {
      return Optional.of(new Fields(problems, path, mapping));
    }
    problems.at(node, path + " must be a mapping, is " + kind(node));
    return Optional.empty();
  }

  boolean has(String exactName) {
    return tuples.values().stream()
        .anyMatch(tuple -> ((ScalarNode) tuple.getKeyNode()).getValue().equals(exactName));
  }

  /** Whether there is such a field, and not null. */
  boolean given(String name) {
    return value(name).isPresent();
  }

  Node node() {
    return node;
  }

  void complain(String sentence) {
    problems.at(node, sentence);
  }

  void complain(String name, String sentence) {
    Node where = value(name).orElse(node);
    problems.at(where, at(name) + " " + sentence);
  }

  Optional<String> text(String name) {
    return value(name).flatMap(value -> text(at(name), value));
  }

  /** A text that must be there and not be empty. */
  String required(String name) {
    Optional<Node> value = value(name);
    Optional<String> text = text(name);
    if (value.isEmpty() || text.filter(String::isEmpty).isPresent()) {
      complain(name, "is missing");
    }
    return text.orElse("");
  }

  boolean flag(String name) {
    Optional<Node> value = value(name);
    if (value.isEmpty()) {
      return false;
    }
    if (value.get() instanceof ScalarNode scalar) {
      String word = scalar.getValue().toLowerCase(Locale.ROOT);
      if (Tag.BOOL.equals(scalar.getTag()) || (scalar.isPlain() && LETTERS.contains(word))) {
        return Set.of("true", "yes", "on", "y").contains(word);
      }
    }
    complain(name, "must be true or false, is " + kind(value.get()));
    return false;
  }

  OptionalLong number(String name) {
    Optional<Node> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.get() instanceof ScalarNode scalar
        && scalar.isPlain()
        && scalar.getValue().length() <= LONGEST_NUMBER) {
      try {
        return OptionalLong.of(whole(scalar.getValue()));
      } catch (ArithmeticException | NumberFormatException notWhole) {
        // complained of below
      }
    }
    complain(name, "must be a whole number, is " + kind(value.get()));
    return OptionalLong.empty();
  }

  /** As YAML writes one: also {@code 0x10}, {@code 4.0} and {@code 1e1}. */
  private static long whole(String text) {
    String digits = text.replace("_", "");
    if (digits.toLowerCase(Locale.ROOT).startsWith("0x")) {
      return Long.decode(digits);
    }
    BigDecimal number = new BigDecimal(digits);
    if (Math.abs((long) number.scale()) > LONGEST_NUMBER) {
      throw new ArithmeticException("too long");
    }
    return number.longValueExact();
  }

  List<String> texts(String name) {
    return items(name, (where, item) -> text(where, item));
  }

  <T> List<T> list(String name, Function<Fields, T> read) {
    return items(name, (where, item) -> of(problems, where, item).map(read));
  }

  <T> List<T> items(String name, ItemReader<T> read) {
    Optional<Node> value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof SequenceNode sequence)) {
      complain(name, "must be a list, is " + kind(value.get()));
      return List.of();
    }
    List<T> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      read.read(at(name) + "[" + items.size() + "]", item).ifPresent(items::add);
    }
    return items;
  }

  Optional<Fields> section(String name) {
    return value(name).flatMap(value -> of(problems, at(name), value));
  }

  /** Takes note of a field whose content does not matter. */
  void ignore(String name) {
    known.add(name.toLowerCase(Locale.ROOT));
  }

  /** Complains of every field nobody asked for. */
  void finish() {
    tuples.forEach(
        (name, tuple) -> {
          if (!known.contains(name)) {
            String written = ((ScalarNode) tuple.getKeyNode()).getValue();
            problems.at(tuple.getKeyNode(), at(written) + ": oc-mirror knows no such field");
          }
        });
  }

  private void remember(NodeTuple tuple) {
    problems.visited();
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.at(tuple.getKeyNode(), path + " has a key that is no text");
      return;
    }
    String name = key.getValue().toLowerCase(Locale.ROOT);
    if (tuples.putIfAbsent(name, tuple) != null) {
      problems.at(key, at(key.getValue()) + " stands twice");
    }
  }

  private Optional<Node> value(String name) {
    ignore(name);
    return Optional.ofNullable(tuples.get(name.toLowerCase(Locale.ROOT)))
        .map(NodeTuple::getValueNode)
        .filter(value -> !Tag.NULL.equals(value.getTag()));
  }

  private Optional<String> text(String where, Node value) {
    problems.visited();
    if (value instanceof ScalarNode scalar && TEXT.contains(scalar.getTag())) {
      return Optional.of(scalar.getValue());
    }
    problems.at(value, where + " must be text, is " + kind(value));
    return Optional.empty();
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String kind(Node node) {
    return switch (node.getNodeId()) {
      case mapping -> "a mapping";
      case sequence -> "a list";
      default -> "the " + node.getTag().getValue().replace(Tag.PREFIX, "") + " " + quoted(node);
    };
  }

  private static String quoted(Node node) {
    String value = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    return "'" + (value.length() > 100 ? value.substring(0, 100) + "…" : value) + "'";
  }

  /** Reads one item of a list; says nothing of it when it complained. */
  @FunctionalInterface
  interface ItemReader<T> {
    Optional<T> read(String where, Node item);
  }
}
