package landfall.publish.node;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import landfall.publish.resource.Mirror;
import landfall.publish.resource.MirrorSetKind;
import landfall.publish.resource.Mirrors;
import landfall.publish.resource.ResourceFile;
import landfall.publish.resource.YamlText;

/**
 * The piece of {@code install-config.yaml} by which a cluster is installed from the target: the
 * IDMS of all categories in one list.
 */
final class InstallConfig {
  static final String FILE = "install-config.imageDigestSources.yaml";

  private static final String HEAD =
      """
      # Put this into install-config.yaml, beside pullSecret (with a login for the registry) and
      # additionalTrustBundle (with its CA). The installer knows mirrors by digest only: what is asked
      # for by tag needs the ImageTagMirrorSet, applied once the cluster is there.
      """;

  private InstallConfig() {}

  static List<ResourceFile> files(List<Mirror> mirrors) {
    SortedMap<String, SortedSet<String>> bySource = new TreeMap<>();
    mirrors.stream()
        .filter(mirror -> mirror.kind() == MirrorSetKind.DIGEST)
        .forEach(
            mirror ->
                bySource
                    .computeIfAbsent(mirror.source(), source -> new TreeSet<>())
                    .add(mirror.mirror()));
    return bySource.isEmpty()
        ? List.of()
        : List.of(
            new ResourceFile(
                FILE, HEAD + YamlText.of(Map.of("imageDigestSources", Mirrors.entries(bySource)))));
  }
}
