package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserException;

/**
 * Tokens of one YAML document whose aliases and merge keys are followed, as operator-registry does
 * (AF§3.2). A value with many aliases is kept once and told as often as it is named.
 */
final class YamlTree implements TokenSource {
  private final Expansion expansion;
  private final Deque<Opened> places = new ArrayDeque<>();
  private Optional<Node> awaited = Optional.empty();
  private String field = "";
  private String text = "";
  private int line = 1;

  YamlTree(String document, Expansion expansion) {
    this.expansion = expansion;
    Composer composer =
        new Composer(YamlShape.parser(document), new YamlScalars(), YamlShape.options(document));
    if (composer.checkNode()) {
      this.awaited = Optional.of(composer.getNode());
    }
  }

  @Override
  public Optional<JsonToken> next() {
    if (awaited.isPresent()) {
      Node value = awaited.get();
      awaited = Optional.empty();
      return Optional.of(value(value));
    }
    if (places.isEmpty()) {
      return Optional.empty();
    }
    Opened place = places.peek();
    if (!place.rest().hasNext()) {
      places.pop();
      return Optional.of(place.end());
    }
    NodeTuple next = place.rest().next();
    return Optional.of(
        place.end() == JsonToken.END_OBJECT ? key(next) : value(next.getValueNode()));
  }

  @Override
  public String field() {
    return field;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public int line() {
    return line;
  }

  private JsonToken key(NodeTuple next) {
    expansion.spend();
    field = MergeKeys.name(next.getKeyNode());
    line = line(next.getKeyNode());
    awaited = Optional.of(next.getValueNode());
    return JsonToken.FIELD_NAME;
  }

  private JsonToken value(Node node) {
    expansion.spend();
    line = line(node);
    if (node.isTwoStepsConstruction()) {
      throw new ParserException(null, null, "a value that contains itself", node.getStartMark());
    }
    if (node instanceof ScalarNode scalar) {
      text = scalar.getValue();
      return YamlScalars.token(scalar.getTag());
    }
    if (node instanceof MappingNode mapping) {
      List<NodeTuple> fields = MergeKeys.fields(mapping, expansion);
      places.push(new Opened(fields.iterator(), JsonToken.END_OBJECT));
      return JsonToken.START_OBJECT;
    }
    Iterator<NodeTuple> items =
        ((SequenceNode) node).getValue().stream().map(item -> new NodeTuple(item, item)).iterator();
    places.push(new Opened(items, JsonToken.END_ARRAY));
    return JsonToken.START_ARRAY;
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** A collection that is being told. */
  private record Opened(Iterator<NodeTuple> rest, JsonToken end) {}
}
