package landfall.plan.content;

import java.util.List;
import java.util.Optional;

/**
 * What came of following an image from its manifest to its last layer.
 *
 * @param content present when nothing is missing
 * @param gaps everything that is missing
 */
public record Walk(Optional<Content> content, List<Gap> gaps) {
  public Walk {
    gaps = List.copyOf(gaps);
  }
}
