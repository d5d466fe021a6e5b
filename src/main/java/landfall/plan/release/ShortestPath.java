package landfall.plan.release;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import landfall.plan.release.UpdateGraph.Node;

/**
 * The shortest way of updates from one version to another. Of two ways of the same length it is
 * oc-mirror's: breadth first, the newest version first (AF§3.1).
 */
final class ShortestPath {
  private static final int UNSEEN = -2;
  private static final int NONE = -1;

  private ShortestPath() {}

  /**
   * The releases on the way, both ends included.
   *
   * @return empty when no way leads there
   */
  static List<Node> of(UpdateGraph graph, int start, int end) {
    int[] before = new int[graph.size()];
    Arrays.fill(before, UNSEEN);
    before[start] = NONE;
    Deque<Integer> queue = new ArrayDeque<>(List.of(start));
    while (!queue.isEmpty() && before[end] == UNSEEN) {
      int node = queue.remove();
      for (int next : graph.updates(node)) {
        if (before[next] == UNSEEN) {
          before[next] = node;
          queue.add(next);
        }
      }
    }
    return before[end] == UNSEEN ? List.of() : way(graph, before, end);
  }

  private static List<Node> way(UpdateGraph graph, int[] before, int end) {
    Deque<Node> way = new ArrayDeque<>();
    for (int node = end; node != NONE; node = before[node]) {
      way.addFirst(graph.node(node));
    }
    return List.copyOf(way);
  }
}
