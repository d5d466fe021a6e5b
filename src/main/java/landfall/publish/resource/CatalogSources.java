package landfall.publish.resource;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * CatalogSource: where OLM v0 finds a delivered catalog (AF§5.2), after a template if it has one.
 */
final class CatalogSources {
  static final String API_VERSION = "operators.coreos.com/v1alpha1";
  static final String KIND = "CatalogSource";
  static final String SOURCE_TYPE = "grpc";
  private static final String NAMESPACE = "openshift-marketplace";

  private CatalogSources() {}

  static ResourceFile file(
      Delivered catalog, String stem, Optional<CatalogSourceTemplate> template, Stamp stamp) {
    String name = "cs-" + stem;
    Map<String, Object> document =
        new TreeMap<>(template.map(CatalogSourceTemplate::others).orElse(Map.of()));
    Map<String, Object> metadata =
        new TreeMap<>(template.map(CatalogSourceTemplate::metadata).orElse(Map.of()));
    Map<String, Object> annotations =
        new TreeMap<>(template.map(CatalogSourceTemplate::annotations).orElse(Map.of()));
    annotations.putAll(stamp.annotations());
    metadata.put("annotations", annotations);
    metadata.put("name", name);
    metadata.put("namespace", NAMESPACE);
    Map<String, Object> spec =
        new TreeMap<>(template.map(CatalogSourceTemplate::spec).orElse(Map.of()));
    spec.put("image", catalog.reference());
    spec.put("sourceType", SOURCE_TYPE);
    document.put("apiVersion", API_VERSION);
    document.put("kind", KIND);
    document.put("metadata", metadata);
    document.put("spec", spec);
    return new ResourceFile(name + ".yaml", YamlText.of(document));
  }
}
