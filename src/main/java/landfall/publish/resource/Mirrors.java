package landfall.publish.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import landfall.plan.candidate.Reference;

/**
 * All ways from origins of delivered images to the target, as oc-mirror would choose them (AF§5.1).
 *
 * @param all sorted
 * @param warnings one for each image that no cluster will find by them
 */
public record Mirrors(List<Mirror> all, List<String> warnings) {
  public Mirrors {
    all = List.copyOf(all);
    warnings = List.copyOf(warnings);
  }

  /**
   * Works them out.
   *
   * @param repositoryScope whether no source may be wider than a repository; needed where paths are
   *     flattened
   */
  public static Mirrors of(List<Delivered> images, boolean repositoryScope) {
    SortedSet<Mirror> mirrors = new TreeSet<>();
    SortedSet<String> warnings = new TreeSet<>();
    Shadows shadows = new Shadows();
    for (Delivered image : images) {
      Optional<Category> category = Category.of(image.type());
      List<Mirror> own = category.map(set -> of(image, set, repositoryScope)).orElse(List.of());
      if (category.isPresent() && own.isEmpty()) {
        warnings.add(image.origin() + " is in no mirror set: it names no registry");
      }
      own.forEach(mirror -> shadows.add(image.origin(), mirror));
      mirrors.addAll(own);
    }
    warnings.addAll(shadows.warnings());
    return new Mirrors(List.copyOf(mirrors), List.copyOf(warnings));
  }

  private static List<Mirror> of(Delivered image, Category category, boolean repositoryScope) {
    Optional<Reference> origin = parsed(image.origin());
    return origin
        .flatMap(reference -> MirrorScope.of(reference, image, repositoryScope))
        .map(
            scope ->
                Stream.of(MirrorSetKind.values())
                    .filter(kind -> kind.holds(image.type(), origin.orElseThrow()))
                    .map(kind -> new Mirror(kind, category, scope.source(), scope.mirror()))
                    .toList())
        .orElse(List.of());
  }

  /** A rebuilt ledger knows origins from receipts, which hands may have touched. */
  private static Optional<Reference> parsed(String origin) {
    try {
      return Optional.of(Reference.parse(origin));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** Sources and their mirrors as mirror sets and install-config.yaml list them. */
  public static List<Object> entries(SortedMap<String, SortedSet<String>> bySource) {
    List<Object> entries = new ArrayList<>();
    bySource.forEach(
        (source, places) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("mirrors", List.copyOf(places));
          entry.put("source", source);
          entries.add(entry);
        });
    return entries;
  }
}
