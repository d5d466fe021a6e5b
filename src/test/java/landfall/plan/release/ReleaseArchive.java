package landfall.plan.release;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import landfall.image.Digest;
import landfall.open.Opened;
import landfall.openpgp.PublicKeys;
import landfall.openpgp.Signer;
import landfall.plan.Images;
import landfall.plan.MemoryContents;
import landfall.plan.Samples;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Names;
import landfall.plan.candidate.Order;
import landfall.plan.configuration.ImageSetConfigurationParser;
import landfall.target.Target;

/** An archive with invented releases, their graphs and signatures. */
final class ReleaseArchive {
  static final String RELEASE = "quay.io/openshift-release-dev/ocp-release";
  static final String COMPONENT = "quay.io/openshift-release-dev/ocp-v4.0-art-dev";
  static final Signer SIGNER = Signer.create();
  static final ReleaseTrust TRUST =
      new ReleaseTrust(() -> PublicKeys.parse(SIGNER.publicKeys()), false);

  final MemoryContents contents = new MemoryContents();
  private final Images images = new Images(contents);

  /** The digest that the graphs name for a release. */
  Digest digest(String tag) {
    return images.image("release " + tag);
  }

  /**
   * A graph such as {@code amd64-stable-4.18}, its releases signed and complete.
   *
   * @param edges such as {@code 4.18.0>4.18.1}, with blanks between
   */
  ReleaseArchive graph(String name, String architecture, String versions, String edges) {
    List<String> all = List.of(versions.split(" ", -1));
    String nodes =
        all.stream()
            .map(
                version ->
                    "{\"version\":\"%s\",\"payload\":\"%s@%s\",\"metadata\":{\"a\":\"b\"}}"
                        .formatted(version, RELEASE, digest(version + "-" + architecture)))
            .collect(joining(",\n"));
    String pairs =
        Arrays.stream(edges.split(" ", -1))
            .filter(edge -> !edge.isEmpty())
            .map(
                edge ->
                    "["
                        + all.indexOf(edge.substring(0, edge.indexOf('>')))
                        + ","
                        + all.indexOf(edge.substring(edge.indexOf('>') + 1))
                        + "]")
            .collect(joining(","));
    all.forEach(version -> release(version + "-" + architecture, "etcd"));
    return graphText(
        name, "{\"version\":1,\"nodes\":[\n" + nodes + "],\n\"edges\":[" + pairs + "]}");
  }

  ReleaseArchive graphText(String name, String json) {
    return file("hold-release/cincinnati-graph-data/" + name + ".json", json);
  }

  /** A release with its signature and components. */
  ReleaseArchive release(String tag, String... components) {
    Digest digest = digest(tag);
    contents.tag("openshift/release-images", tag, digest);
    manifests("ocp-release/" + tag, tag, components);
    return signature(tag + "-sha256-" + digest.hex(), statement(digest, RELEASE + ":" + tag));
  }

  /** What oc-mirror keeps of a release, and the tags of its components. */
  ReleaseArchive manifests(String folder, String tag, String... components) {
    String tags =
        Arrays.stream(components)
            .map(
                name ->
                    "{\"name\":\"%s\",\"from\":{\"kind\":\"DockerImage\",\"name\":\"%s@%s\"}}"
                        .formatted(name, COMPONENT, images.image(tag + name)))
            .collect(joining(","));
    for (String name : components) {
      contents.tag("openshift/release", tag + "-" + name, images.image(tag + name));
    }
    return file(manifest(folder, "image-references"), "{\"spec\":{\"tags\":[" + tags + "]}}");
  }

  ReleaseArchive bootImages(String folder, String architectures) {
    return file(
        manifest(folder, "0000_50_installer_coreos-bootimages.yaml"),
        "kind: ConfigMap\ndata:\n  stream: |\n"
            + ("{\"architectures\":{" + architectures + "}}").indent(4));
  }

  static String bootImage(String architecture, Digest digest) {
    return "\"%s\":{\"images\":{\"kubevirt\":{\"digest-ref\":\"%s@%s\"}}}"
        .formatted(architecture, COMPONENT, digest);
  }

  static String manifest(String folder, String file) {
    return "hold-release/" + folder + "/release-manifests/" + file;
  }

  ReleaseArchive signature(String file, String statement) {
    return signature(file, SIGNER.sign(statement.getBytes(StandardCharsets.UTF_8)));
  }

  ReleaseArchive signature(String file, byte[] message) {
    contents.file("working-dir/signatures/" + file, message);
    return this;
  }

  static String statement(Digest digest, String reference) {
    return ("{\"critical\":{\"type\":\"atomic container signature\",\"image\":"
            + "{\"docker-manifest-digest\":\"%s\"},\"identity\":{\"docker-reference\":\"%s\"}}}")
        .formatted(digest, reference);
  }

  ReleaseArchive file(String name, String text) {
    contents.file("working-dir/" + name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Candidates collect(String platform) {
    return collect(platform, TRUST);
  }

  Candidates collect(String platform, ReleaseTrust trust) {
    return collect("platform: " + platform + "\n", trust, Samples.bare(), false);
  }

  Candidates collect(String mirror, ReleaseTrust trust, Target target, boolean chunked) {
    Opened opened = Samples.opened(contents, Samples.configuration(mirror), Set.of(), chunked);
    Order order =
        Order.of(
            opened,
            new ImageSetConfigurationParser().parse(opened.configurations().get(0)),
            new Names(target));
    return Releases.collect(order, trust);
  }

  /** The tags of the release images, which is what most tests ask for. */
  static Set<String> releases(Candidates candidates) {
    return candidates.images().stream()
        .map(image -> image.destination().toString())
        .filter(place -> place.startsWith("openshift/release-images:"))
        .map(place -> place.substring(place.indexOf(':') + 1))
        .collect(toCollection(TreeSet::new));
  }
}
