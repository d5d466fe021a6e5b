package landfall.image;

import com.google.cloud.tools.jib.image.json.OciIndexTemplate;
import com.google.cloud.tools.jib.image.json.OciManifestTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestListTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The types of manifests that oc-mirror carries and every registry takes, as jib's models name
 * them.
 *
 * <p>The models themselves are not used to read: they drop the media type or the size of what a
 * manifest refers to, and to write would change the bytes.
 */
public enum ManifestType {
  OCI_IMAGE(OciManifestTemplate.MANIFEST_MEDIA_TYPE, false),
  OCI_INDEX(OciIndexTemplate.MEDIA_TYPE, true),
  DOCKER_IMAGE(V22ManifestTemplate.MANIFEST_MEDIA_TYPE, false),
  DOCKER_LIST(V22ManifestListTemplate.MANIFEST_MEDIA_TYPE, true);

  private final String mediaType;
  private final boolean index;

  ManifestType(String mediaType, boolean index) {
    this.mediaType = mediaType;
    this.index = index;
  }

  /** The type of that name; empty for exotic ones. */
  public static Optional<ManifestType> of(String mediaType) {
    return Arrays.stream(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst();
  }

  /** The names of all. */
  public static List<String> mediaTypes() {
    return Arrays.stream(values()).map(ManifestType::mediaType).toList();
  }

  public String mediaType() {
    return mediaType;
  }

  /** Whether it refers to other manifests. */
  public boolean index() {
    return index;
  }
}
