package landfall.plan.helm;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.plan.configuration.ImageSetConfiguration.Chart;
import landfall.plan.configuration.ImageSetConfiguration.HelmRepository;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The charts of a repository that is mirrored whole, as its index lists them (AF§3.4). */
final class ChartIndex {
  private static final int LARGEST = 16 << 20;
  private static final int MOST = 20_000;

  /** SnakeYAML's time grows with the square of a token's length. */
  private static final int LINE = 256 * 1024;

  private ChartIndex() {}

  /**
   * Every version of every chart that is no library.
   *
   * @throws Rejected when the index is absent, damaged or hostile
   */
  static List<Chart> charts(HelmRepository repository, Contents contents) {
    String entry = entry(repository.url());
    Extent extent = contents.entry(entry).orElseThrow(() -> absent(repository.name(), entry));
    String text = new String(contents.read(extent, LARGEST), StandardCharsets.UTF_8);
    if (text.lines().anyMatch(line -> line.length() > LINE)) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED, entry + " has a line of more than " + LINE + " characters");
    }
    return charts(entry, root(entry, text));
  }

  private static Rejected absent(String repository, String entry) {
    return new Rejected(
        Code.MANIFEST_INVALID,
        "helm repository "
            + repository
            + " names no charts, and its index "
            + entry
            + " is not in the archive");
  }

  /** Where oc-mirror keeps it: under the URL without its scheme and what follows the last slash. */
  private static String entry(String url) {
    String[] parts = url.split("/", -1);
    String place =
        parts.length < 4 ? "" : String.join("/", List.of(parts).subList(2, parts.length - 1));
    return "working-dir/helm/indexes/" + (place.isEmpty() ? "" : place + "/") + "index.yaml";
  }

  /**
   * Only composed: to construct what tags and aliases ask for may fail in any way, or never end.
   */
  private static @Nullable Node root(String entry, String text) {
    try {
      return Manifests.yaml().compose(new StringReader(text));
    } catch (MarkedYAMLException malformed) {
      int line = Optional.ofNullable(malformed.getProblemMark()).map(m -> m.getLine()).orElse(0);
      throw new Rejected(
          Code.MANIFEST_INVALID,
          entry + ", line " + (line + 1) + ": this is no YAML: " + malformed.getProblem(),
          malformed);
    } catch (YAMLException | StackOverflowError limit) {
      throw new Rejected(Code.LIMIT_EXCEEDED, entry + ": " + limit.getMessage(), limit);
    }
  }

  private static List<Chart> charts(String entry, @Nullable Node root) {
    MappingNode entries =
        field(root, "entries")
            .filter(MappingNode.class::isInstance)
            .map(MappingNode.class::cast)
            .orElseThrow(
                () ->
                    new Rejected(
                        Code.MANIFEST_INVALID,
                        entry + ", line 1: found no 'entries', expected a helm index"));
    List<Chart> charts = new ArrayList<>();
    for (NodeTuple chart : entries.getValue()) {
      if (chart.getKeyNode() instanceof ScalarNode name
          && chart.getValueNode() instanceof SequenceNode versions) {
        charts.addAll(versions(name.getValue(), versions));
      }
      if (charts.size() > MOST) {
        throw new Rejected(
            Code.LIMIT_EXCEEDED, entry + " lists more charts than the " + MOST + " that are read");
      }
    }
    return charts;
  }

  private static List<Chart> versions(String name, SequenceNode versions) {
    return versions.getValue().stream()
        .filter(MappingNode.class::isInstance)
        .filter(version -> text(version, "type").filter("library"::equals).isEmpty())
        .limit(MOST + 1L)
        .map(
            version ->
                new Chart(name, text(version, "version"), Optional.empty(), List.of(), List.of()))
        .toList();
  }

  private static Optional<String> text(Node mapping, String name) {
    return field(mapping, name)
        .filter(value -> !Tag.NULL.equals(value.getTag()))
        .filter(ScalarNode.class::isInstance)
        .map(value -> ((ScalarNode) value).getValue());
  }

  /** Of a field that stands twice, the last counts. */
  private static Optional<Node> field(@Nullable Node node, String name) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(
                tuple ->
                    tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
            .map(NodeTuple::getValueNode)
            .reduce((first, last) -> last)
        : Optional.empty();
  }
}
