package landfall.publish.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.plan.candidate.ImageType;

/**
 * UpdateService: where OpenShift's update service finds graph and releases (AF§5.3). It names the
 * repositories that were really pushed; oc-mirror forgets that nested paths were flattened.
 */
final class UpdateServices {
  static final String FILE = "updateService.yaml";

  private UpdateServices() {}

  /**
   * The resource, where graph and release are there.
   *
   * @param images the newest last: it is the one meant
   */
  static Optional<ResourceFile> file(List<Delivered> images, Stamp stamp) {
    Optional<Delivered> graph = newest(images, ImageType.GRAPH);
    Optional<Delivered> release = newest(images, ImageType.RELEASE);
    return graph.flatMap(data -> release.map(image -> file(data, image, stamp)));
  }

  private static Optional<Delivered> newest(List<Delivered> images, ImageType type) {
    return images.stream().filter(image -> image.type() == type).reduce((before, last) -> last);
  }

  private static ResourceFile file(Delivered graph, Delivered release, Stamp stamp) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("annotations", stamp.annotations());
    metadata.put("name", "update-service-oc-mirror");
    metadata.put("namespace", "openshift-update-service");
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("graphDataImage", graph.reference());
    spec.put("releases", release.name());
    spec.put("replicas", 2);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "updateservice.operator.openshift.io/v1");
    document.put("kind", "UpdateService");
    document.put("metadata", metadata);
    document.put("spec", spec);
    return new ResourceFile(FILE, YamlText.of(document));
  }
}
