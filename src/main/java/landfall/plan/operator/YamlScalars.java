package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonToken;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Tells what a scalar of YAML is. Its patterns recurse, so they are not asked about a long one;
 * that is text.
 */
final class YamlScalars extends Resolver {
  private static final int LONGEST_PLAIN = 2048;

  @Override
  public Tag resolve(NodeId kind, String value, boolean implicit) {
    return value != null && value.length() > LONGEST_PLAIN
        ? Tag.STR
        : super.resolve(kind, value, implicit);
  }

  /** YAML reads {@code 5} and {@code ~} as no text. */
  static JsonToken token(Tag tag) {
    if (tag.equals(Tag.NULL)) {
      return JsonToken.VALUE_NULL;
    }
    return tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)
        ? JsonToken.VALUE_STRING
        : JsonToken.VALUE_EMBEDDED_OBJECT;
  }
}
