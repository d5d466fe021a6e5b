package landfall.plan.release;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.failure.Rejected;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads a release's boot images, JSON inside a ConfigMap, for those of KubeVirt (AF§3.1). */
final class BootImages {
  static final String FILE = "0000_50_installer_coreos-bootimages.yaml";
  static final int LARGEST = 512 * 1024;

  /** SnakeYAML's time grows with the square of a token's length. */
  private static final int LINE = 64 * 1024;

  private static final int DEPTH = 20;
  private static final int ALIASES = 10;

  private BootImages() {}

  /**
   * The references of KubeVirt's boot images.
   *
   * @param architectures as the boot images call them
   * @return those there are, by architecture
   * @throws Rejected MANIFEST_INVALID or LIMIT_EXCEEDED
   */
  static Map<String, String> kubeVirt(String document, byte[] bytes, Set<String> architectures) {
    String stream =
        field(root(document, bytes), "data")
            .flatMap(data -> field(data, "stream"))
            .filter(ScalarNode.class::isInstance)
            .map(scalar -> ((ScalarNode) scalar).getValue())
            .orElseThrow(
                () ->
                    new Rejected(
                        Code.MANIFEST_INVALID,
                        document + " has no data.stream, expected the boot images as JSON"));
    Map<String, String> found = new LinkedHashMap<>();
    Map<String, JsonReader.Part> parts =
        architectures.stream().collect(Collectors.toMap(name -> name, name -> images(name, found)));
    JsonReader.read(
        document + " data.stream",
        stream.getBytes(StandardCharsets.UTF_8),
        json -> json.object(Map.of("architectures", all -> all.object(parts))));
    return found;
  }

  private static JsonReader.Part images(String architecture, Map<String, String> found) {
    JsonReader.Part reference = text -> found.put(architecture, text.text());
    JsonReader.Part image = kubeVirt -> kubeVirt.object(Map.of("digest-ref", reference));
    JsonReader.Part images = all -> all.object(Map.of("kubevirt", image));
    return all -> all.object(Map.of("images", images));
  }

  private static Node root(String document, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.lines().anyMatch(line -> line.length() > LINE)) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED, document + " has more than " + LINE + " characters in one line");
    }
    try {
      Iterator<Node> documents = yaml().composeAll(new StringReader(text)).iterator();
      if (!documents.hasNext()) {
        throw new Rejected(Code.MANIFEST_INVALID, document + ":1: the document is empty");
      }
      return documents.next();
    } catch (MarkedYAMLException malformed) {
      int line = Optional.ofNullable(malformed.getProblemMark()).map(Mark::getLine).orElse(0) + 1;
      throw new Rejected(
          Code.MANIFEST_INVALID,
          document + ":" + line + ": this is no YAML: " + malformed.getProblem(),
          malformed);
    } catch (ReaderException unprintable) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          document
              + ": YAML forbids the character at position "
              + unprintable.getPosition()
              + " of the text",
          unprintable);
    } catch (YAMLException limit) {
      throw new Rejected(Code.LIMIT_EXCEEDED, document + ": " + limit.getMessage(), limit);
    }
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(ALIASES);
    options.setNestingDepthLimit(DEPTH);
    options.setCodePointLimit(LARGEST);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    return new Yaml(new SafeConstructor(options));
  }

  private static Optional<Node> field(Node node, String name) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .filter(
              tuple -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
          .map(NodeTuple::getValueNode)
          .findFirst();
    }
    return Optional.empty();
  }
}
