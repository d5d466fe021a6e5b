package landfall.plan.release;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import landfall.archive.Contents;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Tag;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;
import landfall.plan.configuration.ImageSetConfiguration.Platform;
import landfall.plan.release.ImageReferences.Component;

/**
 * The boot images of KubeVirt that belong to a release, named as its components are (AF§3.1). There
 * is one an architecture that was asked for and has any; oc-mirror before 5.0 knew {@code x86_64}
 * only.
 */
final class KubeVirt {
  private static final String NAME = "kube-virt-container";
  private static final String X86_64 = "x86_64";
  private static final int LONGEST_TAG = 128;
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "amd64", List.of(X86_64), "s390x", List.of("s390x"), "multi", List.of(X86_64, "s390x"));

  private final Contents contents;
  private final Metadata metadata;
  private final Set<String> architectures;

  KubeVirt(Contents contents, Metadata metadata, Platform platform) {
    this.contents = contents;
    this.metadata = metadata;
    this.architectures = architectures(platform);
  }

  private static Set<String> architectures(Platform platform) {
    Stream<String> asked =
        platform.platforms().isEmpty()
            ? platform.architectures().stream()
            : platform.platforms().stream().map(InstancePlatform::architecture);
    Set<String> keys = new LinkedHashSet<>();
    asked.forEach(architecture -> keys.addAll(KEYS.getOrDefault(architecture, List.of())));
    return keys.isEmpty() ? Set.of(X86_64) : keys;
  }

  /**
   * The boot images of a release.
   *
   * @throws Rejected when there are none, or they cannot be read
   */
  List<Component> of(Release release) {
    String entry = release.manifest(BootImages.FILE);
    byte[] bytes =
        metadata.require(entry, BootImages.LARGEST, "the boot images of " + release.origin());
    Set<String> keys = isOld(release) ? Set.of(X86_64) : architectures;
    Map<String, String> found = BootImages.kubeVirt(entry, bytes, keys);
    if (found.isEmpty()) {
      throw new Rejected(
          Code.MANIFEST_INVALID, entry + " has no KubeVirt image for any of " + keys);
    }
    List<Component> components = new ArrayList<>();
    for (String key : keys) {
      String image = found.get(key);
      if (image != null) {
        components.add(new Component(keys.size() == 1 ? NAME : NAME + "-" + key, image));
      }
    }
    return components;
  }

  private boolean isOld(Release release) {
    String tag = release.tag() + "-" + NAME;
    return architectures.size() > 1
        && tag.length() <= LONGEST_TAG
        && contents.tag(ReleaseImages.COMPONENTS, new Tag(tag)).isPresent();
  }
}
