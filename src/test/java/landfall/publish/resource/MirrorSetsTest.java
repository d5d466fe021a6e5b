package landfall.publish.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import landfall.plan.Plan;
import landfall.plan.PlannedImage;
import landfall.plan.Planner;
import landfall.plan.Samples;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

final class MirrorSetsTest {
  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

  private static Resources write(
      List<Delivered> images, boolean repositoryScope, Optional<String> producer) {
    Delivery delivery = new Delivery(images, List.of(), Map.of());
    return ClusterResources.of(
        delivery,
        Mirrors.of(images, repositoryScope),
        CatalogNames.of(delivery.catalogs(), Map.of()),
        new Stamp(NOON, "1.0", producer));
  }

  @ParameterizedTest
  @CsvSource({
    "golden-bare, '', 127.0.0.1:5555",
    "golden-prefix, mirror/site, 127.0.0.1:5555/mirror/site"
  })
  void sendsTheSameSourcesToTheSameMirrorsAsOcMirror(String golden, String prefix, String mirror) {
    Plan plan = new Planner().plan(Samples.additional(), Samples.target(prefix, 0));
    List<Delivered> delivered = plan.stream().flatMap(image -> delivered(image).stream()).toList();

    Resources resources = write(delivered, false, Optional.of("v5.1.0-855b64a"));

    assertThat(resources.warnings()).isEmpty();
    assertThat(resources.files())
        .extracting(ResourceFile::name)
        .containsExactly("idms-oc-mirror.yaml", "itms-oc-mirror.yaml");
    for (ResourceFile file : resources.files()) {
      String expected = "additional/" + golden + "/cluster-resources/" + file.name();
      assertThat(sets(file.text())).isEqualTo(repaired(sets(Samples.text(expected)), mirror));
    }
  }

  /** What oc-mirror ought to have written for {@code busybox:1.36}, which has no registry. */
  private static Map<String, Map<String, Set<String>>> repaired(
      Map<String, Map<String, Set<String>>> golden, String mirror) {
    golden
        .values()
        .forEach(
            set -> {
              if (set.remove("") != null) {
                set.put("docker.io/library/busybox", Set.of(mirror + "/busybox"));
              }
            });
    return golden;
  }

  @Test
  void writesTextAsKubernetesToolsDo() {
    Resources resources =
        write(
            List.of(additional("quay.io/lab/b:1", "lab/b"), additional("ghcr.io/lab/a:1", "lab/a")),
            false,
            Optional.of("v5.1.0-855b64a"));

    assertThat(resources.files())
        .containsExactly(
            new ResourceFile(
                "itms-oc-mirror.yaml",
                """
                ---
                apiVersion: config.openshift.io/v1
                kind: ImageTagMirrorSet
                metadata:
                  annotations:
                    createdAt: "2026-11-22T12:00:00Z"
                    createdBy: Landfall 1.0
                    oc-mirror_version: v5.1.0-855b64a
                  name: itms-generic-0
                spec:
                  imageTagMirrors:
                  - mirrors:
                    - 127.0.0.1:5555/lab
                    source: ghcr.io/lab
                  - mirrors:
                    - 127.0.0.1:5555/lab
                    source: quay.io/lab
                """));
  }

  @Test
  void writesNothingForNothing() {
    assertThat(write(List.of(), false, Optional.empty()).files()).isEmpty();
  }

  @Test
  void putsEachTypeIntoTheSetOcMirrorPutsItInto() {
    String digest = "@sha256:" + HEX;
    List<Delivered> images =
        List.of(
            delivered(ImageType.RELEASE, "quay.io/r/release:4", "openshift/release-images"),
            delivered(ImageType.COMPONENT, "quay.io/r/art" + digest, "openshift/release"),
            delivered(ImageType.GRAPH, "localhost:55000/g/graph:latest", "g/graph"),
            delivered(ImageType.CATALOG, "quay.io/c/index:v4", "c/index"),
            delivered(ImageType.BUNDLE, "quay.io/b/bundle" + digest, "b/bundle"),
            delivered(ImageType.RELATED, "quay.io/o/related:v1" + digest, "o/related"),
            delivered(ImageType.HELM, "quay.io/h/helm:1", "h/helm"),
            delivered(ImageType.ADDITIONAL, "quay.io/a/additional" + digest, "a/additional"),
            delivered(ImageType.SIGNATURE, "quay.io/s/signed:1", "s/signed"));

    Resources resources = write(images, false, Optional.empty());

    assertThat(sets(resources.files().get(0).text()))
        .isEqualTo(
            Map.of(
                "ImageDigestMirrorSet idms-generic-0",
                Map.of("quay.io/a", Set.of("127.0.0.1:5555/a")),
                "ImageDigestMirrorSet idms-operator-0",
                Map.of(
                    "quay.io/b", Set.of("127.0.0.1:5555/b"),
                    "quay.io/o", Set.of("127.0.0.1:5555/o")),
                "ImageDigestMirrorSet idms-release-0",
                Map.of(
                    "quay.io/r/release", Set.of("127.0.0.1:5555/openshift/release-images"),
                    "quay.io/r/art", Set.of("127.0.0.1:5555/openshift/release"))));
    assertThat(sets(resources.files().get(1).text()))
        .isEqualTo(
            Map.of(
                "ImageTagMirrorSet itms-generic-0",
                Map.of("quay.io/h", Set.of("127.0.0.1:5555/h")),
                "ImageTagMirrorSet itms-operator-0",
                Map.of("quay.io/o", Set.of("127.0.0.1:5555/o")),
                "ImageTagMirrorSet itms-release-0",
                Map.of("quay.io/r/release", Set.of("127.0.0.1:5555/openshift/release-images"))));
  }

  @ParameterizedTest
  @CsvSource({
    "registry.redhat.io/ubi:1, ubi, false, registry.redhat.io, 127.0.0.1:5555",
    "quay.io/lab/app:1, mirror/lab/app, false, quay.io/lab, 127.0.0.1:5555/mirror/lab",
    "quay.io/lab/app:1, mirrorlab/app, false, quay.io/lab, 127.0.0.1:5555/mirrorlab",
    "quay.io/b/app:1, lab/app, false, quay.io/b, 127.0.0.1:5555/lab",
    "quay.io/lab/app:1, other/app, false, quay.io/lab/app, 127.0.0.1:5555/other/app",
    "quay.io/lab/app:1, lab/app, true, quay.io/lab/app, 127.0.0.1:5555/lab/app",
    "host.example:5000/a/b:1, a/b, false, host.example:5000/a, 127.0.0.1:5555/a",
    "host:5000/a/b:1, a/b, false, host:5000/a, 127.0.0.1:5555/a",
    "busybox:1, mirror/busybox, false, docker.io/library/busybox, 127.0.0.1:5555/mirror/busybox",
    "library/nginx:1, nginx, false, docker.io/library/nginx, 127.0.0.1:5555/nginx",
    "busybox:1, mirror-busybox, true, docker.io/library/busybox, 127.0.0.1:5555/mirror-busybox"
  })
  void choosesTheScopeByTheEndsOfThePaths(
      String origin, String repository, boolean repositoryScope, String source, String mirror) {
    Resources resources =
        write(List.of(additional(origin, repository)), repositoryScope, Optional.empty());

    assertThat(sets(resources.files().get(0).text()).values())
        .containsExactly(Map.of(source, Set.of(mirror)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci:///a/b/img",
        "grafana/grafana:1",
        "localhost/a:1",
        "Quay.io/a/b:1",
        "evil.example\n.io/a:1",
        "evil.example/a b/c:1",
        "-a.example/b:1"
      })
  void leavesOutAndNamesWhatNoClusterCouldAskFor(String origin) {
    Resources resources = write(List.of(additional(origin, "a/b")), false, Optional.empty());

    assertThat(resources.files()).isEmpty();
    assertThat(resources.warnings())
        .containsExactly(origin + " is in no mirror set: it names no registry");
  }

  /** Nodes look at the narrowest source that matches, and at no other. */
  @Test
  void warnsOfAnImageThatANarrowerSourceHides() {
    String byDigest = "quay.io/lab/app@sha256:" + HEX;
    List<Delivered> images =
        List.of(additional("quay.io/lab/app:1", "other/app"), additional(byDigest, "lab/app"));

    assertThat(write(images, false, Optional.empty()).warnings())
        .containsExactly(
            "quay.io/lab/app is at 127.0.0.1:5555/lab/app, but nodes look at the narrower source"
                + " quay.io/lab/app only, whose mirrors do not lead there; name the image by its"
                + " place");
    assertThat(
            write(
                    List.of(
                        additional("quay.io/lab/app:1", "lab/app"),
                        additional(byDigest, "lab/app")),
                    true,
                    Optional.empty())
                .warnings())
        .isEmpty();
  }

  @Test
  void namesEveryMirrorOfASourceOnce() {
    Resources resources =
        write(
            List.of(
                additional("quay.io/lab/a:1", "two/x"),
                additional("quay.io/lab/a:2", "one/x"),
                additional("quay.io/lab/a:3", "one/x")),
            false,
            Optional.empty());

    assertThat(resources.files().get(0).text())
        .contains("- mirrors:\n    - 127.0.0.1:5555/one/x\n    - 127.0.0.1:5555/two/x\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yes", "1.0", "a: b", "x\n---\ny: z", "\u202Ex", "'", "\"", "- a", "{", "#"})
  void quotesAVersionThatIsMoreThanText(String producer) {
    Resources resources =
        write(List.of(additional("quay.io/lab/a:1", "lab/a")), false, Optional.of(producer));

    Map<?, ?> read = new Yaml().load(resources.files().get(0).text().substring("---\n".length()));
    assertThat(map(map(read, "metadata"), "annotations").get("oc-mirror_version"))
        .isEqualTo(producer);
  }

  private static Map<?, ?> map(Map<?, ?> parent, String name) {
    return (Map<?, ?>) Objects.requireNonNull(parent.get(name), name);
  }

  private static List<Delivered> delivered(PlannedImage image) {
    return image.claims().stream()
        .map(
            claim ->
                new Delivered(
                    claim.type(),
                    claim.origin(),
                    Samples.REGISTRY,
                    image.destination(),
                    Optional.of(image.digest())))
        .toList();
  }

  private static Delivered additional(String origin, String repository) {
    return delivered(ImageType.ADDITIONAL, origin, repository);
  }

  private static Delivered delivered(ImageType type, String origin, String repository) {
    return new Delivered(
        type, origin, Samples.REGISTRY, Destination.parse(repository + ":any"), Optional.empty());
  }

  /** Kind and name of each document to its sources and their mirrors. */
  private static Map<String, Map<String, Set<String>>> sets(String yaml) {
    Map<String, Map<String, Set<String>>> sets = new TreeMap<>();
    for (Object document : new Yaml().loadAll(yaml)) {
      Map<?, ?> map = (Map<?, ?>) document;
      Map<?, ?> metadata = map(map, "metadata");
      Map<String, Set<String>> mirrors = new TreeMap<>();
      for (Object list : map(map, "spec").values()) {
        for (Object entry : (List<?>) list) {
          Map<?, ?> pair = (Map<?, ?>) entry;
          Set<String> places = new TreeSet<>();
          new ArrayList<>((List<?>) pair.get("mirrors")).forEach(one -> places.add(one.toString()));
          mirrors.put(String.valueOf(pair.get("source")), places);
        }
      }
      sets.put(map.get("kind") + " " + metadata.get("name"), mirrors);
    }
    return sets;
  }
}
