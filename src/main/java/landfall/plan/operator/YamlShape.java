package landfall.plan.operator;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Tells whether a document of YAML can be read as a stream, as nearly all can, or has aliases or
 * merge keys, for which its values must be looked up (AF§3.2).
 */
final class YamlShape {
  private static final int MOST_NODES = 200_000;
  private static final int DEEPEST = 100;

  private final Parser parser;
  private boolean references;
  private int nodes;
  private int depth;
  private int deepest;

  private YamlShape(String document) {
    this.parser = parser(document);
  }

  /** The tokens of a document. */
  static TokenSource tokens(String document, Expansion expansion) {
    return document.indexOf('&') >= 0 || document.contains("<<")
        ? new YamlShape(document).looked(document, expansion)
        : new YamlTokens(document);
  }

  static LoaderOptions options(String document) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(document.length() + 1);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    options.setNestingDepthLimit(2 * DEEPEST);
    return options;
  }

  static Parser parser(String document) {
    return new ParserImpl(new StreamReader(document), options(document));
  }

  private TokenSource looked(String document, Expansion expansion) {
    Event event = parser.getEvent();
    while (event != null && !(event instanceof DocumentEndEvent)) {
      count(event);
      event = parser.getEvent();
    }
    if (!references || deepest > DEEPEST) {
      return new YamlTokens(document);
    }
    if (nodes > MOST_NODES) {
      throw expansion.exceeded(
          "a document with aliases and " + nodes + " values, at most " + MOST_NODES + " are read");
    }
    return new YamlTree(document, expansion);
  }

  private void count(Event event) {
    nodes++;
    if (event instanceof CollectionStartEvent) {
      depth++;
      deepest = Math.max(deepest, depth);
    } else if (event instanceof CollectionEndEvent) {
      depth--;
    }
    references |=
        event instanceof AliasEvent
            || (event instanceof ScalarEvent scalar && scalar.getValue().equals("<<"));
  }
}
