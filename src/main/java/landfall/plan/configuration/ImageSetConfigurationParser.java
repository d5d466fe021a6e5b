package landfall.plan.configuration;

import java.io.StringReader;
import java.util.Iterator;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.open.Opened.Document;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads an {@link ImageSetConfiguration} as strictly as oc-mirror does, with line numbers. */
public final class ImageSetConfigurationParser {
  private static final String KIND = "ImageSetConfiguration";
  private static final int CHARACTERS = 4 * 1024 * 1024;

  /** SnakeYAML's time grows with the square of a token's length: minutes for a long comment. */
  private static final int LINE = 64 * 1024;

  private static final int DEPTH = 50;
  private static final int ALIASES = 50;

  /**
   * Reads the whole document before it says no.
   *
   * @throws Rejected MANIFEST_INVALID naming every problem with its line, or LIMIT_EXCEEDED
   */
  public ImageSetConfiguration parse(Document document) {
    document
        .damage()
        .ifPresent(
            damage -> {
              throw damage;
            });
    refuseLarge(document);
    Problems problems = new Problems(document.name());
    Optional<ImageSetConfiguration> configuration =
        root(document, problems)
            .flatMap(node -> Fields.of(problems, "", node))
            .map(fields -> configuration(document.name(), fields));
    problems.raise();
    return configuration.orElseThrow();
  }

  private static void refuseLarge(Document document) {
    String text = document.text();
    if (text.length() > CHARACTERS || text.lines().anyMatch(line -> line.length() > LINE)) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          document.name()
              + " has more than "
              + CHARACTERS
              + " characters, or "
              + LINE
              + " in one line");
    }
  }

  /** Of several documents oc-mirror reads the first and never looks at the others. */
  private static Optional<Node> root(Document document, Problems problems) {
    try {
      Iterator<Node> nodes = yaml().composeAll(new StringReader(document.text())).iterator();
      if (nodes.hasNext()) {
        return Optional.of(nodes.next());
      }
      problems.atLine(1, "the document is empty");
    } catch (MarkedYAMLException malformed) {
      int line = Optional.ofNullable(malformed.getProblemMark()).map(Mark::getLine).orElse(0);
      problems.atLine(line + 1, "this is no YAML: " + malformed.getProblem());
    } catch (ReaderException unprintable) {
      problems.atLine(
          1,
          "YAML forbids the character at position " + unprintable.getPosition() + " of the text");
    } catch (YAMLException limit) {
      throw new Rejected(Code.LIMIT_EXCEEDED, document.name() + ": " + limit.getMessage(), limit);
    }
    return Optional.empty();
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(ALIASES);
    options.setNestingDepthLimit(DEPTH);
    options.setCodePointLimit(CHARACTERS);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    return new Yaml(new SafeConstructor(options));
  }

  private static ImageSetConfiguration configuration(String name, Fields root) {
    String kind = root.text("kind").orElse("");
    if (!kind.equals(KIND)) {
      root.complain("kind", "must be " + KIND + ", is '" + kind + "'");
    }
    if (!root.has("mirror")) {
      root.complain("mirror is missing");
    }
    if (root.has("delete")) {
      root.complain("delete", "is not allowed in an " + KIND);
      root.ignore("delete");
    }
    root.ignore("apiVersion");
    Sections sections = new Sections(root.section("mirror"));
    ImageSetConfiguration read = sections.read(name, root.number("archiveSize"));
    root.finish();
    return read;
  }
}
