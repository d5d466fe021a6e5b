package landfall.publish;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import landfall.publish.node.NodeConfig;
import landfall.publish.resource.ClusterResources;
import landfall.publish.resource.MirrorSetKind;
import landfall.publish.resource.ResourceFile;
import landfall.publish.resource.SignatureConfigMaps;
import landfall.target.Target;

/**
 * {@code NEXT-STEPS.md}: what an admin does with the files that are there, and in which order. It
 * says nothing that changes while the files stay.
 */
final class NextSteps {
  /** Its own name, for its folder. */
  static final Pattern OWN = Pattern.compile("NEXT-STEPS\\.md");

  /** What {@code oc apply} keeps of an object in its annotations must be smaller. */
  private static final int LARGEST_APPLIED = 250_000;

  private static final String NUMBERED = "## #. ";
  private static final Template TEMPLATE = template();

  private NextSteps() {}

  /**
   * The page.
   *
   * @param files in {@code cluster-resources}
   * @param nodes files in {@code node-config}, by folder
   */
  static ResourceFile file(
      List<ResourceFile> files, SortedMap<String, List<ResourceFile>> nodes, Target target) {
    Map<String, Object> page = new HashMap<>();
    page.put("target", target.name());
    page.put("address", target.address());
    page.put("registry", target.registry());
    page.put("caKey", target.registry().replace(":", ".."));
    page.put("plain", target.security().plainHttp());
    page.put("empty", files.isEmpty());
    page.put("cluster", !files.isEmpty());
    addResources(page, files);
    addNodes(page, nodes);
    return new ResourceFile("NEXT-STEPS.md", numbered(TEMPLATE.execute(page)));
  }

  private static void addResources(Map<String, Object> page, List<ResourceFile> files) {
    List<String> mirrorSets =
        Stream.of(MirrorSetKind.values())
            .map(MirrorSetKind::fileName)
            .flatMap(name -> named(files, name).stream())
            .toList();
    List<String> catalogs = beginning(files, "cs-");
    page.put("mirrorSets", mirrorSets);
    page.put("anyMirrorSets", !mirrorSets.isEmpty());
    page.put("catalogSources", catalogs);
    page.put("clusterCatalogs", beginning(files, "cc-"));
    page.put("anyCatalogs", !catalogs.isEmpty());
    page.put("signatures", named(files, SignatureConfigMaps.YAML));
    page.put("signaturesJson", SignatureConfigMaps.JSON);
    boolean large = files.stream().anyMatch(NextSteps::isLarge);
    page.put("applySignatures", large ? "oc apply --server-side" : "oc apply");
    page.put("updateService", named(files, ClusterResources.UPDATE_SERVICE));
  }

  private static void addNodes(
      Map<String, Object> page, SortedMap<String, List<ResourceFile>> nodes) {
    List<String> podman =
        nodes.getOrDefault(NodeConfig.PODMAN, List.of()).stream()
            .map(file -> NodeConfig.PODMAN + "/" + file.name())
            .toList();
    page.put(
        "installer", nodes.getOrDefault("", List.of()).stream().map(ResourceFile::name).toList());
    page.put("podman", podman);
    page.put("containerd", NodeConfig.CONTAINERD);
    page.put("anyNodes", !podman.isEmpty());
  }

  private static boolean isLarge(ResourceFile file) {
    return file.name().equals(SignatureConfigMaps.YAML) && file.text().length() > LARGEST_APPLIED;
  }

  private static List<String> named(List<ResourceFile> files, String name) {
    return files.stream().map(ResourceFile::name).filter(name::equals).toList();
  }

  private static List<String> beginning(List<ResourceFile> files, String prefix) {
    return files.stream()
        .map(ResourceFile::name)
        .filter(name -> name.startsWith(prefix))
        .sorted()
        .toList();
  }

  /** Which steps there are is only known when the page is written. */
  private static String numbered(String text) {
    StringBuilder numbered = new StringBuilder();
    int step = 0;
    for (String line : text.lines().toList()) {
      boolean begins = line.startsWith(NUMBERED);
      step += begins ? 1 : 0;
      String kept = begins ? "## " + step + ". " + line.substring(NUMBERED.length()) : line;
      numbered.append(kept).append('\n');
    }
    return numbered.toString();
  }

  private static Template template() {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                NextSteps.class.getResourceAsStream("/publish/next-steps.md.mustache")),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler().escapeHTML(false).compile(reader);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
