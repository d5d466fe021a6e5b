package landfall.plan.helm;

import java.util.List;
import java.util.Set;
import landfall.archive.Extent;

/**
 * A chart that the archive brings.
 *
 * @param entry its name in the archive
 * @param imagePaths JSONPaths of images besides the usual ones
 * @param platforms instances that were mirrored, as {@code os/architecture}; empty = all
 */
record PackedChart(String entry, Extent extent, List<String> imagePaths, Set<String> platforms) {
  PackedChart {
    imagePaths = List.copyOf(imagePaths);
    platforms = Set.copyOf(platforms);
  }
}
