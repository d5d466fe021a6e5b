package landfall.plan.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A kubectl JSONPath template that tells where images stand in a manifest (AF§3.4): text, and
 * expressions in braces made of names, indexes, slices, wildcards, unions, filters and recursion.
 */
final class ImagePath {
  private static final int MOST = 10_000;

  private final List<List<Step>> expressions;
  private final List<String> texts;

  /**
   * @param texts what stands before each expression, and after the last
   */
  ImagePath(List<List<Step>> expressions, List<String> texts) {
    this.expressions = List.copyOf(expressions);
    this.texts = List.copyOf(texts);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when it is none, or one that nobody needs for images
   */
  static ImagePath parse(String template) {
    return new ImagePathParser(template).parse();
  }

  /** What the template gives for a document; words of it are taken for images. */
  List<String> words(Object document) {
    StringBuilder printed = new StringBuilder(texts.get(0));
    for (int i = 0; i < expressions.size(); i++) {
      printed.append(
          evaluate(expressions.get(i), document).stream()
              .map(String::valueOf)
              .collect(Collectors.joining(" ")));
      printed.append(texts.get(i + 1));
    }
    return List.of(printed.toString().split(" ", -1)).stream()
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** The last name asked for; a document without that word needs no look. */
  Optional<String> keyword() {
    if (expressions.size() != 1 || texts.stream().anyMatch(text -> !text.isBlank())) {
      return Optional.empty();
    }
    List<Step> steps = expressions.get(0);
    return steps.isEmpty() || !(steps.get(steps.size() - 1) instanceof Step.Name name)
        ? Optional.empty()
        : Optional.of(name.name());
  }

  private static List<Object> evaluate(List<Step> steps, Object document) {
    List<Object> nodes = List.of(document);
    for (Step step : steps) {
      List<Object> next = new ArrayList<>();
      for (Object node : nodes) {
        step.from(node).filter(Objects::nonNull).limit(MOST + 1L).forEach(next::add);
        if (next.size() > MOST) {
          throw new IllegalArgumentException("an image path finds more than " + MOST + " values");
        }
      }
      nodes = next;
    }
    return nodes;
  }
}
