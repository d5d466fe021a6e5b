package landfall.publish;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import landfall.plan.candidate.Reference;

/**
 * Writes the mirror sets that send a cluster from the origins of delivered images to the target, as
 * oc-mirror would.
 */
public final class MirrorSets {
  private final Clock clock;
  private final String version;

  /**
   * A writer that signs its work.
   *
   * @param version of Landfall
   */
  public MirrorSets(Clock clock, String version) {
    this.clock = clock;
    this.version = version;
  }

  /**
   * The mirror sets for everything a target holds.
   *
   * @param repositoryScope whether no source may be wider than a repository; needed where paths are
   *     flattened
   * @param producer version of the oc-mirror that wrote the archive, if known
   */
  public Resources write(
      List<Delivered> images, boolean repositoryScope, Optional<String> producer) {
    List<ResourceFile> files = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    List<Sent> sent = sent(images, repositoryScope, warnings);
    for (MirrorSetKind kind : MirrorSetKind.values()) {
      List<Map<String, Object>> documents = documents(kind, sent, annotations(producer));
      if (!documents.isEmpty()) {
        files.add(new ResourceFile(kind.fileName(), YamlText.of(documents)));
      }
    }
    return new Resources(files, warnings);
  }

  private static List<Sent> sent(
      List<Delivered> images, boolean repositoryScope, List<String> warnings) {
    List<Sent> all = new ArrayList<>();
    for (Delivered image : images) {
      Optional<Category> category = Category.of(image.type());
      if (category.isPresent()) {
        Reference origin = Reference.parse(image.origin());
        MirrorScope.of(origin, image, repositoryScope)
            .ifPresentOrElse(
                scope -> all.add(new Sent(image, origin, category.get(), scope)),
                () -> warnings.add(image.origin() + " is in no mirror set: it names no registry"));
      }
    }
    return all;
  }

  private static List<Map<String, Object>> documents(
      MirrorSetKind kind, List<Sent> sent, Map<String, Object> annotations) {
    Map<Category, SortedMap<String, SortedSet<String>>> sets = new EnumMap<>(Category.class);
    sent.stream()
        .filter(one -> kind.holds(one.image().type(), one.origin()))
        .forEach(
            one ->
                sets.computeIfAbsent(one.category(), category -> new TreeMap<>())
                    .computeIfAbsent(one.scope().source(), source -> new TreeSet<>())
                    .add(one.scope().mirror()));
    List<Map<String, Object>> documents = new ArrayList<>();
    sets.forEach(
        (category, mirrors) ->
            documents.add(
                document(kind, kind.resourceName(category), entries(mirrors), annotations)));
    return documents;
  }

  private static List<Object> entries(SortedMap<String, SortedSet<String>> mirrors) {
    List<Object> entries = new ArrayList<>();
    mirrors.forEach(
        (source, places) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("mirrors", List.copyOf(places));
          entry.put("source", source);
          entries.add(entry);
        });
    return entries;
  }

  private static Map<String, Object> document(
      MirrorSetKind kind, String name, List<Object> entries, Map<String, Object> annotations) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("annotations", annotations);
    metadata.put("name", name);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "config.openshift.io/v1");
    document.put("kind", kind.kind());
    document.put("metadata", metadata);
    document.put("spec", Map.of(kind.list(), entries));
    return document;
  }

  private Map<String, Object> annotations(Optional<String> producer) {
    Map<String, Object> annotations = new LinkedHashMap<>();
    annotations.put("createdAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    annotations.put("createdBy", "Landfall " + version);
    producer.ifPresent(written -> annotations.put("oc-mirror_version", written));
    return annotations;
  }

  private record Sent(Delivered image, Reference origin, Category category, MirrorScope scope) {}
}
