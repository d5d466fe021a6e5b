package landfall.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import landfall.image.Digest;
import landfall.ledger.Notes.Note;
import landfall.publish.resource.CatalogNames;
import landfall.publish.resource.Delivered;
import landfall.publish.resource.Delivery;
import landfall.publish.resource.Stamp;
import landfall.publish.resource.YamlText;
import org.jspecify.annotations.Nullable;

/** Compares what was published with what is published now, object by object. */
final class Changes {
  private static final String NOT_THERE = "";
  private static final Map<?, ?> ABSENT = Map.of();

  private final List<Note> notes = new ArrayList<>();

  private Changes() {}

  /**
   * What is different, as notes for the ledger.
   *
   * @param before texts by file
   * @param after the same
   */
  static List<Note> between(SortedMap<String, String> before, SortedMap<String, String> after) {
    Changes changes = new Changes();
    TreeSet<String> files = new TreeSet<>(before.keySet());
    files.addAll(after.keySet());
    for (String file : files) {
      Map<String, Map<?, ?>> old = objects(before.getOrDefault(file, NOT_THERE));
      Map<String, Map<?, ?>> now = objects(after.getOrDefault(file, NOT_THERE));
      TreeSet<String> names = new TreeSet<>(old.keySet());
      names.addAll(now.keySet());
      names.forEach(
          name ->
              changes.compare(
                  file, name, old.getOrDefault(name, ABSENT), now.getOrDefault(name, ABSENT)));
    }
    return changes.notes;
  }

  /**
   * Catalogs whose tag an archive moved on to other content: their files stay as they are, and what
   * runs in a cluster does not look by itself.
   */
  static List<Note> moved(Delivery ofArchive, Delivery ofSite, CatalogNames names) {
    List<Note> notes = new ArrayList<>();
    for (Delivered catalog : ofArchive.catalogs()) {
      String name = "cs-" + names.stem(catalog);
      replaced(catalog, ofSite)
          .ifPresent(
              before ->
                  notes.add(
                      new Change(
                              name + ".yaml",
                              "CatalogSource "
                                  + name
                                  + ": its image has moved on to "
                                  + catalog.digest().orElseThrow()
                                  + ", was "
                                  + before
                                  + "; the file is the same, start the catalog's pod anew",
                              false)
                          .note("content")));
    }
    return notes;
  }

  /** What the tag pointed to before, where this catalog was the last to move it. */
  private static Optional<Digest> replaced(Delivered catalog, Delivery ofSite) {
    List<Digest> contents =
        ofSite.images().stream()
            .filter(image -> image.destination().equals(catalog.destination()))
            .filter(image -> image.origin().equals(catalog.origin()))
            .flatMap(image -> image.digest().stream())
            .toList();
    int last = contents.size() - 1;
    return last > 0
            && catalog.digest().equals(Optional.of(contents.get(last)))
            && !contents.get(last).equals(contents.get(last - 1))
        ? Optional.of(contents.get(last - 1))
        : Optional.empty();
  }

  /** An object that is not there is an empty map. */
  private void compare(String file, String name, Map<?, ?> old, Map<?, ?> now) {
    MirrorChanges mirrors = MirrorChanges.of(old, now);
    if (old.isEmpty()) {
      add(file, name, "new", "new object " + name + mirrors.count(), mirrors.isMirrorSet());
    } else if (now.isEmpty()) {
      add(file, name, "gone", name + " is no longer published", mirrors.isMirrorSet());
    } else if (mirrors.isMirrorSet()) {
      mirrors
          .all()
          .forEach((sort, one) -> add(file, name, sort, name + ": " + one.what(), one.drains()));
    } else {
      fields(file, name, old, now);
    }
  }

  /** Images and signatures are what matters to who applies it; the rest is only said to differ. */
  private void fields(String file, String name, Map<?, ?> old, Map<?, ?> now) {
    Map<String, String> before = leaves("", old, new TreeMap<>());
    Map<String, String> after = leaves("", now, new TreeMap<>());
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
    List<String> others = new ArrayList<>();
    int signatures = 0;
    for (String key : keys) {
      if (key.startsWith(".binaryData.")) {
        signatures++;
      } else if (key.startsWith(".spec.") && before.containsKey(key) && after.containsKey(key)) {
        String what = key.substring(1) + " is " + after.get(key) + ", was " + before.get(key);
        add(file, name, key, name + ": " + what, false);
      } else {
        others.add(key.substring(1));
      }
    }
    rest(file, name, signatures, others);
  }

  private void rest(String file, String name, int signatures, List<String> others) {
    if (signatures > 0) {
      add(
          file,
          name,
          "data",
          name + ": " + signatures + " signatures are new or other ones",
          false);
    }
    if (!others.isEmpty()) {
      add(file, name, "other", name + ": changed in " + MirrorChanges.few(others), false);
    }
  }

  private void add(String file, String name, String sort, String change, boolean drains) {
    notes.add(new Change(file, change, drains).note(name + " " + sort));
  }

  private static Map<String, Map<?, ?>> objects(String text) {
    Map<String, Map<?, ?>> objects = new LinkedHashMap<>();
    for (Object document : YamlText.read(text).orElse(List.of())) {
      if (document instanceof Map<?, ?> map && map.get("metadata") instanceof Map<?, ?> metadata) {
        objects.put(map.get("kind") + " " + metadata.get("name"), map);
      }
    }
    return objects;
  }

  private static Map<String, String> leaves(
      String path, @Nullable Object value, Map<String, String> leaves) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, one) -> {
            if (!path.equals(".metadata.annotations") || !Stamp.isPartOf(String.valueOf(key))) {
              leaves(path + "." + key, one, leaves);
            }
          });
    } else {
      leaves.put(path, String.valueOf(value));
    }
    return leaves;
  }
}
