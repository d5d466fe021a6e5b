package landfall.publish.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * ImageDigestMirrorSet and ImageTagMirrorSet, which send a cluster from the origins of delivered
 * images to the target (AF§5.1): a file for each kind, a document for each category.
 */
final class MirrorSets {
  private MirrorSets() {}

  static List<ResourceFile> files(List<Mirror> mirrors, Stamp stamp) {
    List<ResourceFile> files = new ArrayList<>();
    for (MirrorSetKind kind : MirrorSetKind.values()) {
      List<Map<String, Object>> documents = new ArrayList<>();
      for (Category category : Category.values()) {
        document(kind, category, mirrors, stamp).ifPresent(documents::add);
      }
      if (!documents.isEmpty()) {
        files.add(new ResourceFile(kind.fileName(), YamlText.of(documents)));
      }
    }
    return files;
  }

  private static Optional<Map<String, Object>> document(
      MirrorSetKind kind, Category category, List<Mirror> mirrors, Stamp stamp) {
    SortedMap<String, SortedSet<String>> bySource = new TreeMap<>();
    mirrors.stream()
        .filter(mirror -> mirror.kind() == kind && mirror.category() == category)
        .forEach(
            mirror ->
                bySource
                    .computeIfAbsent(mirror.source(), source -> new TreeSet<>())
                    .add(mirror.mirror()));
    if (bySource.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("annotations", stamp.annotations());
    metadata.put("name", kind.resourceName(category));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "config.openshift.io/v1");
    document.put("kind", kind.kind());
    document.put("metadata", metadata);
    document.put("spec", Map.of(kind.list(), Mirrors.entries(bySource)));
    return Optional.of(document);
  }
}
