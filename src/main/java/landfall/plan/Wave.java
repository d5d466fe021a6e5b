package landfall.plan;

import java.util.List;
import java.util.Locale;
import landfall.plan.candidate.WaveKind;

/**
 * Images that may be pushed side by side; a wave begins when the one before it is done, so that
 * nothing becomes visible before what it refers to.
 */
public record Wave(WaveKind kind, List<PlannedImage> images) {
  public Wave {
    images = List.copyOf(images);
  }

  /** How logs call it. */
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
