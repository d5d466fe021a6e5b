package landfall.publish.resource;

import java.util.LinkedHashMap;
import java.util.Map;

/** ClusterCatalog: where OLM v1 finds a delivered catalog (AF§5.2). It knows no template. */
final class ClusterCatalogs {
  private ClusterCatalogs() {}

  static ResourceFile file(Delivered catalog, String stem, Stamp stamp) {
    String name = "cc-" + stem;
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("annotations", stamp.annotations());
    metadata.put("name", name);
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("image", Map.of("ref", catalog.reference()));
    source.put("type", "Image");
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("priority", 0);
    spec.put("source", source);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "olm.operatorframework.io/v1");
    document.put("kind", "ClusterCatalog");
    document.put("metadata", metadata);
    document.put("spec", spec);
    return new ResourceFile(name + ".yaml", YamlText.of(document));
  }
}
