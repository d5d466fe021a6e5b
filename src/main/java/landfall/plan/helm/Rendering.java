package landfall.plan.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.failure.Code;

/**
 * What came of rendering one chart.
 *
 * @param images references as the manifests write them
 * @param problem why there may be more images than these
 * @param code of a chart that is refused: it is hostile or damaged
 * @param hints repositories in the text of the chart
 */
record Rendering(
    List<String> images, Optional<String> problem, Optional<Code> code, List<String> hints) {
  Rendering {
    images = List.copyOf(images);
    hints = List.copyOf(hints);
  }

  static Rendering failed(String problem) {
    return new Rendering(List.of(), Optional.of(problem), Optional.empty(), List.of());
  }

  static Rendering refused(Code code, String problem) {
    return new Rendering(List.of(), Optional.of(problem), Optional.of(code), List.of());
  }

  /** Gathers what a child says of one chart. */
  static final class Builder {
    private final List<String> images = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();
    private Optional<String> problem = Optional.empty();
    private Optional<Code> code = Optional.empty();

    void take(String what, String text) {
      switch (what) {
        case "image" -> images.add(text);
        case "hint" -> hints.add(text);
        case "problem" -> problem = Optional.of(text);
        case "refused" -> refuse(text);
        default -> throw new IllegalStateException("a child says " + what + " " + text);
      }
    }

    private void refuse(String text) {
      int space = text.indexOf(' ');
      code = Optional.of(Code.valueOf(text.substring(0, space)));
      problem = Optional.of(text.substring(space + 1));
    }

    Rendering build() {
      return new Rendering(images, problem, code, hints);
    }
  }
}
