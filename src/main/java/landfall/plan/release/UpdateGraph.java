package landfall.plan.release;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * The update graph of one channel and architecture, as the update service answered the sender.
 *
 * <p>A channel's graph also holds versions of the minor release before it.
 */
final class UpdateGraph {
  private final String name;
  private final List<Node> nodes;
  private final int[][] successors;

  /**
   * @param name of the document it was read from
   * @param successors for each node the indexes of those it can be updated to
   */
  UpdateGraph(String name, List<Node> nodes, int[][] successors) {
    this.name = name;
    this.nodes = List.copyOf(nodes);
    this.successors = Arrays.stream(successors).map(int[]::clone).toArray(int[][]::new);
  }

  /** Where it was read from. */
  String name() {
    return name;
  }

  int size() {
    return nodes.size();
  }

  Node node(int index) {
    return nodes.get(index);
  }

  /** Indexes of the nodes that one can be updated to, the newest first. */
  List<Integer> updates(int index) {
    return Arrays.stream(successors[index])
        .boxed()
        .sorted(Comparator.comparing((Integer next) -> nodes.get(next).version()).reversed())
        .toList();
  }

  Version lowest() {
    return versions().min(Comparator.naturalOrder()).orElseThrow(this::empty);
  }

  Version highest() {
    return versions().max(Comparator.naturalOrder()).orElseThrow(this::empty);
  }

  boolean has(Version version) {
    return find(version).isPresent();
  }

  /**
   * The index of the node of a version.
   *
   * @throws Rejected MANIFEST_INVALID when there is none
   */
  int index(Version version) {
    return find(version)
        .orElseThrow(
            () ->
                new Rejected(
                    Code.MANIFEST_INVALID, name + " has no version " + version + ", expected one"));
  }

  /** Every node from a version to another, both included. */
  List<Node> between(Version first, Version last) {
    Predicate<Node> inside =
        node -> node.version().compareTo(first) >= 0 && node.version().compareTo(last) <= 0;
    return nodes.stream().filter(inside).toList();
  }

  private Optional<Integer> find(Version version) {
    for (int index = 0; index < nodes.size(); index++) {
      if (nodes.get(index).version().equals(version)) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  private Stream<Version> versions() {
    return nodes.stream().map(Node::version);
  }

  private Rejected empty() {
    return new Rejected(Code.MANIFEST_INVALID, name + " has no versions, expected some");
  }

  /**
   * A release in a graph.
   *
   * @param payload reference of the release image, as the graph says it
   */
  record Node(Version version, String payload) {}
}
