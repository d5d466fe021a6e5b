package landfall.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the operator's YAML file as nodes that know their lines. */
final class YamlFile {
  private static final String EXPECTED = "the settings as YAML";

  private final Path file;
  private final Problems problems;

  YamlFile(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The file as one group; empty when it cannot be read at all, which is then a problem. */
  Optional<Written.Group> read() {
    return text().flatMap(this::compose);
  }

  private Optional<String> text() {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException absent) {
      return unreadable(
          "found no such file, expected the configuration: copy config/landfall.yaml of Landfall's"
              + " own folder there, or name another file with --config FILE");
    } catch (AccessDeniedException denied) {
      return unreadable("found a file this user may not read, expected " + EXPECTED);
    } catch (CharacterCodingException binary) {
      return unreadable("found bytes that are not UTF-8, expected " + EXPECTED);
    } catch (IOException fault) {
      String found = Files.isDirectory(file) ? "a folder" : "'" + fault.getMessage() + "'";
      return unreadable("found " + found + ", expected a file with " + EXPECTED);
    }
  }

  private Optional<String> unreadable(String sentence) {
    problems.add(whole(), "configuration", sentence);
    return Optional.empty();
  }

  private Optional<Written.Group> compose(String text) {
    try {
      Node node = new Yaml(limits()).compose(new StringReader(text));
      return node == null ? Optional.of(nothing()) : root(node);
    } catch (MarkedYAMLException malformed) {
      Mark mark = malformed.getProblemMark();
      problems.add(
          mark == null ? whole() : at(mark), "YAML", Shown.onOneLine(malformed.getProblem()));
    } catch (YAMLException refused) {
      problems.add(whole(), "YAML", Shown.of(String.valueOf(refused.getMessage())), EXPECTED);
    }
    return Optional.empty();
  }

  private static LoaderOptions limits() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(20);
    // An alias to a group could make a group contain itself.
    options.setMaxAliasesForCollections(0);
    return options;
  }

  private Written.Group nothing() {
    return new Written.Group(new Origin(file.toString(), 1), Map.of());
  }

  private Optional<Written.Group> root(Node node) {
    Written root = written(node, at(node.getStartMark()));
    if (root instanceof Written.Group group) {
      return Optional.of(group);
    }
    if (root.blank()) {
      return Optional.of(nothing());
    }
    problems.add(root.origin(), "configuration", root.shown(), "settings such as 'data: ./data'");
    return Optional.empty();
  }

  private Written written(Node node, Origin origin) {
    if (node instanceof MappingNode mapping) {
      return group(mapping, origin);
    }
    if (node instanceof SequenceNode sequence) {
      List<Written> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(written(item, at(item.getStartMark()))));
      return new Written.Items(origin, items);
    }
    String text = ((ScalarNode) node).getValue();
    return new Written.Text(origin, node.getTag().equals(Tag.NULL) ? "" : text);
  }

  private Written.Group group(MappingNode mapping, Origin origin) {
    Map<String, Written> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Origin line = at(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(line, "configuration", "a key that is no word", "the name of a setting");
        continue;
      }
      Written earlier = members.putIfAbsent(key.getValue(), written(tuple.getValueNode(), line));
      if (earlier != null) {
        problems.add(
            line,
            Shown.unquoted(key.getValue()),
            "the key again",
            "it once: see " + earlier.origin());
      }
    }
    return new Written.Group(origin, members);
  }

  private Origin whole() {
    return Origin.of(file.toString());
  }

  private Origin at(Mark mark) {
    return new Origin(file.toString(), mark.getLine() + 1);
  }
}
