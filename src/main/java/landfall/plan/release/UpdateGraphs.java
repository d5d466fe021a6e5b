package landfall.plan.release;

import java.util.LinkedHashMap;
import java.util.Map;

/** The update graphs of one architecture that came with the archive. */
final class UpdateGraphs {
  private static final String FOLDER = "working-dir/hold-release/cincinnati-graph-data/";
  private static final int LARGEST = 32 << 20;

  /** Ways across channels come back to the same few graphs. */
  private static final int KEPT = 8;

  private final Metadata metadata;
  private final String architecture;
  private final Map<String, UpdateGraph> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UpdateGraph> eldest) {
          return size() > KEPT;
        }
      };

  UpdateGraphs(Metadata metadata, String architecture) {
    this.metadata = metadata;
    this.architecture = architecture;
  }

  /** The architecture in the words of the configuration. */
  String architecture() {
    return architecture;
  }

  /**
   * The graph of a channel.
   *
   * @throws landfall.failure.Rejected MANIFEST_INVALID or LIMIT_EXCEEDED
   * @throws landfall.failure.Waiting when a chunk that has not come may hold it
   */
  UpdateGraph of(String channel) {
    UpdateGraph graph = kept.get(channel);
    if (graph == null) {
      String entry = FOLDER + architecture + "-" + channel + ".json";
      byte[] bytes =
          metadata.require(
              entry, LARGEST, "the update graph of channel " + channel + " for " + architecture);
      graph = UpdateGraphReader.read(entry, bytes);
      kept.put(channel, graph);
    }
    return graph;
  }
}
