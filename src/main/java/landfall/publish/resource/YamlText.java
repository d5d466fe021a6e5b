package landfall.publish.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes documents the way Kubernetes tools do, and believes the text only after reading it again:
 * names in it come from outside.
 */
public final class YamlText {
  private static final int DEPTH = 50;
  private static final int LARGEST = 64 * 1024 * 1024;

  private YamlText() {}

  /** A stream of documents, each behind its {@code ---}. */
  static String of(List<Map<String, Object>> documents) {
    Yaml yaml = yaml();
    StringBuilder text = new StringBuilder();
    documents.forEach(document -> text.append("---\n").append(yaml.dump(document)));
    return checked(text.toString(), documents);
  }

  /** One document and nothing before it. */
  public static String of(Map<String, Object> document) {
    return checked(yaml().dump(document), List.of(document));
  }

  /** The documents of a YAML or JSON text; empty when it is neither, or goes beyond all limits. */
  public static Optional<List<Object>> read(String text) {
    try {
      List<Object> read = new ArrayList<>();
      yaml().loadAll(text).forEach(read::add);
      return Optional.of(read);
    } catch (YAMLException | IllegalArgumentException | ClassCastException malformed) {
      // The latter two come of a tag that does not fit its value, such as "!!int abc".
      return Optional.empty();
    }
  }

  private static String checked(String text, List<Map<String, Object>> documents) {
    if (!read(text).equals(Optional.of(documents))) {
      throw new IllegalStateException("YAML does not read back as it was meant: " + documents);
    }
    return text;
  }

  private static Yaml yaml() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setSplitLines(false);
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(DEPTH);
    limits.setCodePointLimit(LARGEST);
    return new Yaml(new SafeConstructor(limits), new Quoting(options), options, limits);
  }

  /** Quotes twice what would otherwise be read as something else than text. */
  private static final class Quoting extends Representer {
    private final Resolver resolver = new Resolver();

    Quoting(DumperOptions options) {
      super(options);
      this.representers.put(
          String.class, text -> representScalar(Tag.STR, text.toString(), style(text.toString())));
    }

    private ScalarStyle style(String text) {
      boolean plain = resolver.resolve(NodeId.scalar, text, true).equals(Tag.STR);
      return plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
    }
  }
}
