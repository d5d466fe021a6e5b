package landfall.registry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.image.ManifestType;
import landfall.image.RawManifest;

/**
 * The media types of manifests, and which of them a registry takes. One that refuses every manifest
 * of a common type is set up wrongly; one that refuses an exotic one is not.
 */
final class MediaTypes {
  private static final List<String> COMMON = ManifestType.mediaTypes();

  /** What we can read, as an Accept header. */
  static final String ACCEPT =
      String.join(", ", COMMON) + ", application/vnd.oci.artifact.manifest.v1+json";

  private static final int REFUSALS = 3;
  private static final int ACCEPTED = Integer.MIN_VALUE;

  /** Refusals by type; hopelessly negative once one was accepted. */
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();

  /** Runs what writes the manifest, and learns from how it ends. */
  void judging(RawManifest manifest, Runnable write) {
    String type = manifest.mediaType();
    try {
      write.run();
      refusals.put(type, ACCEPTED);
    } catch (ImageRefused refused) {
      boolean all =
          refused.code() == Code.MEDIATYPE_REJECTED
              && COMMON.contains(type)
              && refusals.merge(type, 1, Integer::sum) >= REFUSALS;
      throw all
          ? new Parked(Code.REGISTRY_MEDIATYPE, refused.sentence(), refused.evidence())
          : refused;
    }
  }
}
