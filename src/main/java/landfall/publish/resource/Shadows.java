package landfall.publish.resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import landfall.plan.candidate.Reference;

/**
 * Finds images that a cluster will not find although a mirror set names their source: nodes look at
 * the narrowest source that matches, in whichever mirror set, and at no wider one. The mirror sets
 * stay oc-mirror's; the site is told.
 */
final class Shadows {
  private final List<Asked> asked = new ArrayList<>();

  /** An image is asked for by a name, and found by a mirror. */
  private record Asked(String name, Mirror mirror) {}

  /** Adds an image; the mirror's source is its repository or a part of that. */
  void add(String origin, Mirror mirror) {
    String name = Reference.parse(origin).name();
    boolean shortName = !(name + "/").startsWith(mirror.source() + "/");
    asked.add(new Asked(shortName ? mirror.source() : name, mirror));
  }

  SortedSet<String> warnings() {
    Map<String, Set<Mirror>> bySource = new HashMap<>();
    asked.forEach(
        one ->
            bySource
                .computeIfAbsent(one.mirror().source(), source -> new TreeSet<>())
                .add(one.mirror()));
    SortedSet<String> warnings = new TreeSet<>();
    for (Asked one : asked) {
      String narrowest = narrowest(one.name(), bySource.keySet());
      if (!leads(bySource.getOrDefault(narrowest, Set.of()), one)) {
        warnings.add(
            one.name()
                + " is at "
                + one.mirror().mirror()
                + one.name().substring(one.mirror().source().length())
                + ", but nodes look at the narrower source "
                + narrowest
                + " only, whose mirrors do not lead there; name the image by its place");
      }
    }
    return warnings;
  }

  private static String narrowest(String name, Set<String> sources) {
    String narrowest = name;
    while (!sources.contains(narrowest) && narrowest.contains("/")) {
      narrowest = narrowest.substring(0, narrowest.lastIndexOf('/'));
    }
    return narrowest;
  }

  private static boolean leads(Set<Mirror> mirrors, Asked asked) {
    return mirrors.stream()
        .filter(mirror -> mirror.kind() == asked.mirror().kind())
        .anyMatch(
            mirror -> place(mirror, asked.name()).equals(place(asked.mirror(), asked.name())));
  }

  private static String place(Mirror mirror, String name) {
    return mirror.mirror() + name.substring(mirror.source().length());
  }
}
