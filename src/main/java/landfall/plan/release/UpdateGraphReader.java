package landfall.plan.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import landfall.plan.release.UpdateGraph.Node;

/** Reads the update service's answer (Cincinnati's JSON); what it does not need takes no memory. */
final class UpdateGraphReader {
  private static final int MOST_NODES = 20_000;
  private static final int MOST_EDGES = 1_000_000;

  private final List<Node> nodes = new ArrayList<>();
  private int[] edges = new int[1024];
  private int filled;

  private UpdateGraphReader() {}

  /**
   * Reads a graph.
   *
   * @throws landfall.failure.Rejected MANIFEST_INVALID or LIMIT_EXCEEDED
   */
  static UpdateGraph read(String document, byte[] bytes) {
    UpdateGraphReader reader = new UpdateGraphReader();
    JsonReader.read(
        document,
        bytes,
        json -> {
          json.object(
              Map.of(
                  "nodes", list -> list.array(reader::node),
                  "edges", list -> list.array(reader::edge)));
          reader.requireEnds(json);
        });
    return new UpdateGraph(document, reader.nodes, reader.successors());
  }

  private void node(JsonReader json) throws IOException {
    if (nodes.size() == MOST_NODES) {
      throw json.tooMany(MOST_NODES, "nodes");
    }
    String[] texts = new String[2];
    json.object(
        Map.of(
            "version", text -> texts[0] = text.text(), "payload", text -> texts[1] = text.text()));
    if (texts[0] == null || texts[1] == null) {
      throw json.wrong("a node lacks its version or payload");
    }
    try {
      nodes.add(new Node(Version.parse(texts[0]), texts[1]));
    } catch (IllegalArgumentException malformed) {
      throw json.wrong(String.valueOf(malformed.getMessage()));
    }
  }

  private void edge(JsonReader json) throws IOException {
    if (filled == 2 * MOST_EDGES) {
      throw json.tooMany(MOST_EDGES, "edges");
    }
    int before = filled;
    json.array(
        end -> {
          if (filled == before + 2) {
            throw end.wrong("an edge has more than two ends");
          }
          add(end.count(MOST_NODES - 1));
        });
    if (filled != before + 2) {
      throw json.wrong("an edge has " + (filled - before) + " ends, expected two");
    }
  }

  private void add(int end) {
    if (filled == edges.length) {
      edges = Arrays.copyOf(edges, filled * 2);
    }
    edges[filled] = end;
    filled++;
  }

  /** Edges may stand before the nodes. */
  private void requireEnds(JsonReader json) {
    for (int index = 0; index < filled; index++) {
      if (edges[index] >= nodes.size()) {
        throw json.wrong(
            "an edge leads to node " + edges[index] + ", there are " + nodes.size() + " nodes");
      }
    }
  }

  private int[][] successors() {
    int[] counts = new int[nodes.size()];
    for (int index = 0; index < filled; index += 2) {
      counts[edges[index]]++;
    }
    int[][] successors = new int[nodes.size()][];
    Arrays.setAll(successors, index -> new int[counts[index]]);
    for (int index = filled - 2; index >= 0; index -= 2) {
      int from = edges[index];
      counts[from]--;
      successors[from][counts[from]] = edges[index + 1];
    }
    return successors;
  }
}
