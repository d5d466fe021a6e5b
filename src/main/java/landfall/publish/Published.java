package landfall.publish;

import java.util.List;
import landfall.ledger.Work;

/**
 * A delivery whose cluster resources are written.
 *
 * @param resources names of this archive's resource files
 */
public record Published(String archive, String target, List<String> resources) implements Work {
  public Published {
    resources = List.copyOf(resources);
  }

  @Override
  public List<String> targets() {
    return List.of(target);
  }
}
