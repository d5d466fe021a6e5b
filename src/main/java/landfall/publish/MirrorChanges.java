package landfall.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import landfall.publish.resource.MirrorSetKind;

/**
 * Compares two versions of one mirror set, and says what that means for nodes.
 *
 * <p>The Machine Config Operator writes all mirror sets into each node's registries.conf. It leaves
 * the pods alone when nothing but mirrors asked by digest was added, and drains for everything
 * else. Older ones drain for new sources too, so only a mirror by digest for a source that is there
 * already is called harmless.
 */
final class MirrorChanges {
  private static final int SHOWN = 5;

  private final boolean mirrorSet;
  private final boolean byDigest;
  private final SortedMap<String, SortedSet<String>> before;
  private final SortedMap<String, SortedSet<String>> after;

  private MirrorChanges(Map<?, ?> before, Map<?, ?> after) {
    Object kind = (after.isEmpty() ? before : after).get("kind");
    this.mirrorSet =
        List.of(MirrorSetKind.values()).stream().anyMatch(each -> each.kind().equals(kind));
    this.byDigest = MirrorSetKind.DIGEST.kind().equals(kind);
    this.before = sources(before);
    this.after = sources(after);
  }

  static MirrorChanges of(Map<?, ?> before, Map<?, ?> after) {
    return new MirrorChanges(before, after);
  }

  /** One sort of change. */
  record One(String what, boolean drains) {}

  boolean isMirrorSet() {
    return mirrorSet;
  }

  /** Such as {@code , 12 sources}; empty for other objects. */
  String count() {
    return mirrorSet ? ", " + after.size() + (after.size() == 1 ? " source" : " sources") : "";
  }

  /** By the sort of change. */
  Map<String, One> all() {
    List<String> sources = new ArrayList<>(after.keySet());
    sources.removeAll(before.keySet());
    List<String> lost = new ArrayList<>(before.keySet());
    lost.removeAll(after.keySet());
    Map<String, One> all = new LinkedHashMap<>();
    put(all, "sources", "new source", sources, true);
    put(all, "mirrors", "new mirror for the source", more(before, after), !byDigest);
    put(all, "lost-mirrors", "no longer a mirror for the source", more(after, before), true);
    put(all, "lost-sources", "no longer a source", lost, true);
    return all;
  }

  private static void put(
      Map<String, One> all, String sort, String what, List<String> about, boolean drains) {
    if (!about.isEmpty()) {
      all.put(sort, new One(what + " " + few(about), drains));
    }
  }

  /** Sources that both have, with mirrors that only the second has. */
  private static List<String> more(
      SortedMap<String, SortedSet<String>> first, SortedMap<String, SortedSet<String>> second) {
    List<String> more = new ArrayList<>();
    second.forEach(
        (source, mirrors) -> {
          SortedSet<String> fresh = new TreeSet<>(mirrors);
          fresh.removeAll(first.getOrDefault(source, mirrors));
          if (!fresh.isEmpty()) {
            more.add(source + " (" + few(List.copyOf(fresh)) + ")");
          }
        });
    return more;
  }

  /** The first few of many. */
  static String few(List<String> all) {
    String shown = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
    return all.size() > SHOWN ? shown + " and " + (all.size() - SHOWN) + " more" : shown;
  }

  private static SortedMap<String, SortedSet<String>> sources(Map<?, ?> document) {
    SortedMap<String, SortedSet<String>> sources = new TreeMap<>();
    if (document.get("spec") instanceof Map<?, ?> spec) {
      for (MirrorSetKind kind : MirrorSetKind.values()) {
        if (spec.get(kind.list()) instanceof List<?> entries) {
          entries.forEach(entry -> add(sources, entry));
        }
      }
    }
    return sources;
  }

  private static void add(SortedMap<String, SortedSet<String>> sources, Object entry) {
    if (entry instanceof Map<?, ?> pair && pair.get("mirrors") instanceof List<?> mirrors) {
      SortedSet<String> places =
          sources.computeIfAbsent(String.valueOf(pair.get("source")), source -> new TreeSet<>());
      mirrors.forEach(one -> places.add(String.valueOf(one)));
    }
  }
}
