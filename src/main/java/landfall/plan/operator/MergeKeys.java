package landfall.plan.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserException;

/**
 * The fields of a mapping after its merge keys ({@code <<}), as operator-registry's decoder reads
 * them (AF§3.2): what stands later wins, and of a list of merged mappings the first.
 */
final class MergeKeys {
  private static final int DEEPEST = 100;

  private final Expansion expansion;
  private final Map<String, NodeTuple> fields = new LinkedHashMap<>();

  private MergeKeys(Expansion expansion) {
    this.expansion = expansion;
  }

  /** The fields as they are meant; as they are written where nothing is merged. */
  static List<NodeTuple> fields(MappingNode mapping, Expansion expansion) {
    if (mapping.getValue().stream().noneMatch(MergeKeys::merges)) {
      return mapping.getValue();
    }
    MergeKeys keys = new MergeKeys(expansion);
    keys.add(mapping, 0);
    return List.copyOf(keys.fields.values());
  }

  static String name(Node key) {
    if (key instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new ParserException(null, null, "a key that is no text", key.getStartMark());
  }

  private void add(MappingNode mapping, int depth) {
    if (depth > DEEPEST) {
      throw expansion.exceeded("merge keys nested more than " + DEEPEST + " deep");
    }
    for (NodeTuple field : mapping.getValue()) {
      expansion.spend();
      if (merges(field)) {
        merge(field.getValueNode(), depth + 1);
      } else {
        fields.put(name(field.getKeyNode()), field);
      }
    }
  }

  private void merge(Node value, int depth) {
    if (value instanceof MappingNode mapping) {
      add(mapping, depth);
      return;
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw noMapping(value);
    }
    List<Node> items = sequence.getValue();
    for (int at = items.size() - 1; at >= 0; at--) {
      expansion.spend();
      if (!(items.get(at) instanceof MappingNode mapping)) {
        throw noMapping(items.get(at));
      }
      add(mapping, depth);
    }
  }

  private static boolean merges(NodeTuple field) {
    return field.getKeyNode().getTag().equals(Tag.MERGE);
  }

  private static ParserException noMapping(Node value) {
    return new ParserException(
        null, null, "a merge key of something that is no mapping", value.getStartMark());
  }
}
