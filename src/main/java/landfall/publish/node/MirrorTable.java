package landfall.publish.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import landfall.publish.resource.Mirror;

/** What the mirror sets say, by source: its mirrors, and which requests each answers. */
final class MirrorTable {
  private final SortedMap<String, Map<String, PullFrom>> bySource = new TreeMap<>();

  MirrorTable(List<Mirror> mirrors) {
    mirrors.stream()
        .sorted()
        .forEach(
            mirror ->
                bySource
                    .computeIfAbsent(mirror.source(), source -> new LinkedHashMap<>())
                    .merge(mirror.mirror(), PullFrom.of(mirror.kind()), PullFrom::and));
  }

  /** The table as it is written. */
  SortedMap<String, Map<String, PullFrom>> plain() {
    return bySource;
  }

  /**
   * The table for programs that look at nothing but the narrowest source: it gets the mirrors of
   * the wider ones too, behind its own.
   */
  SortedMap<String, Map<String, PullFrom>> inherited() {
    SortedMap<String, Map<String, PullFrom>> whole = new TreeMap<>();
    bySource.forEach(
        (source, mirrors) -> {
          Map<String, PullFrom> all = new LinkedHashMap<>(mirrors);
          for (int end = source.lastIndexOf('/'); end > 0; end = source.lastIndexOf('/', end - 1)) {
            String rest = source.substring(end);
            bySource
                .getOrDefault(source.substring(0, end), Map.of())
                .forEach((mirror, from) -> all.merge(mirror + rest, from, PullFrom::and));
          }
          whole.put(source, all);
        });
    return whole;
  }
}
