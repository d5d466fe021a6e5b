package landfall.publish.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the sender wants to stand in a CatalogSource beside its image (AF§5.2). It comes from
 * outside: what does not have the right shape is refused whole.
 *
 * @param others keys beside metadata and spec
 */
public record CatalogSourceTemplate(
    Map<String, Object> metadata,
    Map<String, Object> annotations,
    Map<String, Object> spec,
    Map<String, Object> others) {
  private static final int LONGEST = 64 * 1024;
  private static final String METADATA = "metadata";
  private static final String ANNOTATIONS = "annotations";
  private static final String SPEC = "spec";

  /** What the cluster writes, and no template may. */
  private static final Set<String> CLUSTERS_OWN =
      Set.of("creationTimestamp", "resourceVersion", "uid", "generation", "managedFields");

  public CatalogSourceTemplate {
    metadata = Map.copyOf(metadata);
    annotations = Map.copyOf(annotations);
    spec = Map.copyOf(spec);
    others = Map.copyOf(others);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException naming what is wrong with it
   */
  public static CatalogSourceTemplate parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("it has more than " + LONGEST + " characters");
    }
    List<Object> documents =
        YamlText.read(text).orElseThrow(() -> new IllegalArgumentException("it is no YAML"));
    if (documents.size() != 1) {
      throw new IllegalArgumentException(documents.size() + " documents, one was expected");
    }
    Map<String, Object> document = map(documents.get(0), "it");
    expect(document, "apiVersion", CatalogSources.API_VERSION);
    expect(document, "kind", CatalogSources.KIND);
    Map<String, Object> spec = map(document.getOrDefault(SPEC, Map.of()), SPEC);
    if (spec.containsKey("sourceType") && !"".equals(spec.get("sourceType"))) {
      expect(spec, "sourceType", CatalogSources.SOURCE_TYPE);
    }
    if (!"".equals(spec.getOrDefault("configMap", ""))) {
      throw new IllegalArgumentException("it has a spec.configMap, which no image can serve");
    }
    spec.remove("configMap");
    return of(document, spec);
  }

  private static CatalogSourceTemplate of(Map<String, Object> document, Map<String, Object> spec) {
    Map<String, Object> metadata = map(document.getOrDefault(METADATA, Map.of()), METADATA);
    metadata.keySet().removeAll(CLUSTERS_OWN);
    Map<String, Object> annotations = texts(metadata, ANNOTATIONS);
    texts(metadata, "labels");
    metadata.remove(ANNOTATIONS);
    Map<String, Object> others = new TreeMap<>(document);
    others.keySet().removeAll(Set.of("status", METADATA, SPEC));
    return new CatalogSourceTemplate(metadata, annotations, spec, others);
  }

  private static void expect(Map<String, Object> map, String key, String expected) {
    if (!expected.equals(map.get(key))) {
      throw new IllegalArgumentException(
          "its " + key + " is " + map.getOrDefault(key, "missing") + ", expected " + expected);
    }
  }

  private static Map<String, Object> texts(Map<String, Object> metadata, String key) {
    Map<String, Object> texts = map(metadata.getOrDefault(key, Map.of()), "metadata." + key);
    texts.forEach(
        (name, value) -> {
          if (!(value instanceof String)) {
            throw new IllegalArgumentException("metadata." + key + "." + name + " is no text");
          }
        });
    return texts;
  }

  /** A sorted copy, with all below it; keys without a value are left out. */
  private static Map<String, Object> map(Object value, String what) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(what + " is no map");
    }
    Map<String, Object> copy = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new IllegalArgumentException(what + " has the key " + entry.getKey() + ", no text");
      }
      if (entry.getValue() != null) {
        copy.put(key, plain(entry.getValue(), what + "." + key));
      }
    }
    return copy;
  }

  private static Object plain(Object value, String what) {
    if (value instanceof Map<?, ?>) {
      return map(value, what);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(); // one shared empty list would be written as an alias
      list.forEach(one -> copy.add(plain(one, what)));
      return copy;
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(what + " is neither text, number, list nor map");
  }
}
