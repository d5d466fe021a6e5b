package landfall.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import landfall.archive.Extent;
import landfall.plan.candidate.WaveKind;

/** Sorts images into waves, and within a wave by where they end in the archive. */
final class Waves {
  private static final Comparator<Extent> PLACE =
      Comparator.comparingInt(Extent::file).thenComparingLong(Extent::offset);

  /** Of an image that the target holds already. */
  private static final Extent NOWHERE = new Extent(0, 0, 0);

  private Waves() {}

  static List<Wave> of(Collection<PlannedImage> images) {
    List<Wave> waves = new ArrayList<>();
    for (WaveKind kind : WaveKind.values()) {
      List<PlannedImage> inWave =
          images.stream()
              .filter(image -> image.wave() == kind)
              .sorted(
                  Comparator.comparing(Waves::end, PLACE).thenComparing(PlannedImage::destination))
              .toList();
      if (!inWave.isEmpty()) {
        waves.add(new Wave(kind, inWave));
      }
    }
    return waves;
  }

  /**
   * Images share their first layers, so only their last piece tells them apart. By its place the
   * archive is read forward, which is kind to slow media.
   */
  private static Extent end(PlannedImage image) {
    return Stream.concat(image.content().blobs().stream(), image.content().manifests().stream())
        .flatMap(part -> part.extent().stream())
        .max(PLACE)
        .orElse(NOWHERE);
  }
}
