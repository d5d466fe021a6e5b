package landfall.plan.content;

import java.util.Set;

/** The manifest types oc-mirror carries and every registry takes. */
final class MediaTypes {
  static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";

  private static final Set<String> INDEXES =
      Set.of(OCI_INDEX, "application/vnd.docker.distribution.manifest.list.v2+json");
  private static final Set<String> IMAGES =
      Set.of(OCI_IMAGE, "application/vnd.docker.distribution.manifest.v2+json");

  private MediaTypes() {}

  static boolean index(String mediaType) {
    return INDEXES.contains(mediaType);
  }

  static boolean image(String mediaType) {
    return IMAGES.contains(mediaType);
  }
}
