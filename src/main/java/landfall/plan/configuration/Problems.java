package landfall.plan.configuration;

import java.util.ArrayList;
import java.util.List;
import landfall.failure.Code;
import landfall.failure.Rejected;
import org.yaml.snakeyaml.nodes.Node;

/** Everything wrong with one document, gathered so that its writer can correct it in one go. */
final class Problems {
  private static final int KEPT = 1000;

  /** Aliases can make a small document large; so much of it is looked at and no more. */
  private static final int NODES = 500_000;

  private final String document;
  private final List<String> sentences = new ArrayList<>();
  private long count;
  private int nodes;

  Problems(String document) {
    this.document = document;
  }

  void at(Node node, String sentence) {
    atLine(node.getStartMark().getLine() + 1, sentence);
  }

  void atLine(int line, String sentence) {
    count++;
    if (sentences.size() < KEPT) {
      sentences.add(document + ":" + line + ": " + sentence);
    }
  }

  void visited() {
    nodes++;
    if (nodes > NODES) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          document + ": it has more than " + NODES + " values once its aliases are followed");
    }
  }

  void raise() {
    if (count == 1) {
      throw new Rejected(Code.MANIFEST_INVALID, sentences.get(0), sentences);
    }
    if (count > 1) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          document + ": it has " + count + " problems, the first: " + sentences.get(0),
          sentences);
    }
  }
}
