package landfall.publish.resource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every resource says of its making (AF§5); resources that differ in nothing else are the
 * same.
 *
 * @param version of Landfall
 * @param producer version of the oc-mirror that wrote the archive, if known
 */
public record Stamp(Instant at, String version, Optional<String> producer) {
  private static final String METADATA = "metadata";
  private static final String ANNOTATIONS = "annotations";
  private static final Set<String> NAMES = Set.of("createdAt", "createdBy", "oc-mirror_version");

  /** As annotations of a resource. */
  Map<String, Object> annotations() {
    Map<String, Object> annotations = new LinkedHashMap<>();
    annotations.put("createdAt", at.truncatedTo(ChronoUnit.SECONDS).toString());
    annotations.put("createdBy", "Landfall " + version);
    producer.ifPresent(written -> annotations.put("oc-mirror_version", written));
    return annotations;
  }

  /** Whether an annotation of that name is a stamp and nothing else. */
  public static boolean isPartOf(String annotation) {
    return NAMES.contains(annotation);
  }

  /** Documents without any stamp: two such lists may be compared. */
  public static List<Object> removed(List<Object> documents) {
    return documents.stream().map(Stamp::removed).toList();
  }

  private static Object removed(Object document) {
    if (document instanceof Map<?, ?> map
        && map.get(METADATA) instanceof Map<?, ?> metadata
        && metadata.get(ANNOTATIONS) instanceof Map<?, ?> annotations) {
      Map<Object, Object> others = new LinkedHashMap<>(annotations);
      others.keySet().removeAll(NAMES);
      Map<Object, Object> rest = new LinkedHashMap<>(metadata);
      rest.put(ANNOTATIONS, others);
      Map<Object, Object> copy = new LinkedHashMap<>(map);
      copy.put(METADATA, rest);
      return copy;
    }
    return document;
  }
}
