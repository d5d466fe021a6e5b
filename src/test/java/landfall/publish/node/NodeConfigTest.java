package landfall.publish.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.publish.resource.Delivered;
import landfall.publish.resource.Invented;
import landfall.publish.resource.Mirrors;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeConfigTest {
  private static final String DIGEST = "@" + Digest.of(new byte[0]);

  @Test
  void tellsTheInstallerWhatTheDigestMirrorSetsSay() {
    assertThat(file("", invented("release", "golden-bare"), target(false, true)))
        .isEqualTo(
            """
            # Put this into install-config.yaml, beside pullSecret (with a login for the registry) and
            # additionalTrustBundle (with its CA). The installer knows mirrors by digest only: what is asked
            # for by tag needs the ImageTagMirrorSet, applied once the cluster is there.
            imageDigestSources:
            - mirrors:
              - 127.0.0.1:5555/openshift/release-images
              source: quay.io/openshift-release-dev/ocp-release
            - mirrors:
              - 127.0.0.1:5555/openshift/release
              source: quay.io/openshift-release-dev/ocp-v4.0-art-dev
            """);
  }

  @Test
  void tellsPodmanWhichMirrorAnswersWhat() {
    Mirrors mirrors =
        mirrors(
            image("quay.io/lab/a:1", "ocp/lab/a"),
            image("quay.io/lab/b" + DIGEST, "ocp/lab/b"),
            image("quay.io/lab/b/c:1", "ocp/other/c"),
            image("ghcr.io/x/y:1", "ocp/x/y"));

    assertThat(file("registries.conf.d", mirrors, target(true, true)))
        .isEqualTo(
            """
            # Mirrors of host.example:8443/ocp, for podman, CRI-O, buildah and skopeo: copy this file into
            # /etc/containers/registries.conf.d/. The registry's CA belongs into
            # /etc/containers/certs.d/host.example:8443/ca.crt, a login into the auth file (podman login).
            # When no mirror has an image, the source itself is asked.

            [[registry]]
            prefix = "ghcr.io/x"
            location = "ghcr.io/x"

            [[registry.mirror]]
            location = "host.example:8443/ocp/x"
            pull-from-mirror = "tag-only"
            insecure = true

            [[registry]]
            prefix = "quay.io/lab"
            location = "quay.io/lab"

            [[registry.mirror]]
            location = "host.example:8443/ocp/lab"
            pull-from-mirror = "all"
            insecure = true

            [[registry]]
            prefix = "quay.io/lab/b/c"
            location = "quay.io/lab/b/c"

            [[registry.mirror]]
            location = "host.example:8443/ocp/other/c"
            pull-from-mirror = "tag-only"
            insecure = true

            [[registry.mirror]]
            location = "host.example:8443/ocp/lab/b/c"
            pull-from-mirror = "all"
            insecure = true
            """);
  }

  @ParameterizedTest
  @CsvSource({"true, true, true", "false, false, true", "false, true, false"})
  void callsAMirrorInsecureWhereTheTargetIs(boolean plain, boolean verify, boolean insecure) {
    Mirrors mirrors = mirrors(image("quay.io/lab/a:1", "ocp/lab/a"));

    assertThat(
            file("registries.conf.d", mirrors, target(plain, verify)).contains("insecure = true"))
        .isEqualTo(insecure);
  }

  @Test
  void tellsContainerdWhatItUnderstandsAndNamesTheRest() {
    Mirrors mirrors =
        mirrors(
            image("host.src:5000/lab/a:1", "ocp/lab/a"),
            image("host.src:5000/lab/b" + DIGEST, "ocp/lab/b"),
            image("host.src:5000/dev/release" + DIGEST, "ocp/openshift/rel"),
            image("host.src:5000/top/t" + DIGEST, "top/t"));

    assertThat(file("certs.d/host.src:5000", mirrors, target(false, false)))
        .isEqualTo(
            """
            # Mirrors of host.example:8443/ocp for images of host.src:5000: copy this folder to /etc/containerd/certs.d/host.src:5000/ and let
            # config_path in containerd's configuration name /etc/containerd/certs.d. containerd asks a mirror
            # for everything of this host, and the next one when it has no such image; a mirror without
            # "resolve" is not asked for tags. A private CA is named by: ca = "/path/of/the/ca.pem" in [host].
            #
            # What containerd cannot be told, because the paths differ:
            #   host.src:5000/dev/release is at host.example:8443/ocp/openshift/rel
            # Name these images by their place at the mirror.

            server = "https://host.src:5000"

            [host."https://host.example:8443/v2"]
              capabilities = ["pull"]
              override_path = true
              skip_verify = true

            [host."https://host.example:8443/v2/ocp"]
              capabilities = ["pull", "resolve"]
              override_path = true
              skip_verify = true
            """);
  }

  @Test
  void asksDockerHubWhereItReallyIs() {
    Mirrors mirrors = mirrors(image("docker.io/grafana/grafana:1", "ocp/grafana/grafana"));

    assertThat(file("certs.d/docker.io", mirrors, target(true, true)))
        .contains("server = \"https://registry-1.docker.io\"")
        .contains("[host.\"http://host.example:8443/v2/ocp\"]");
  }

  @Test
  void writesNothingForNothing() {
    assertThat(NodeConfig.of(List.of(), target(false, true)).values()).allMatch(List::isEmpty);
  }

  @Test
  void quotesForToml() {
    assertThat(Toml.text("a\"b\\c\n\u007fü")).isEqualTo("\"a\\\"b\\\\c\\u000A\\u007Fü\"");
  }

  private static String file(String folder, Mirrors mirrors, Target target) {
    Map<String, String> texts = new TreeMap<>();
    NodeConfig.of(mirrors.all(), target)
        .getOrDefault(folder, List.of())
        .forEach(file -> texts.put(file.name(), file.text()));
    assertThat(texts).hasSize(1);
    return new ArrayList<>(texts.values()).get(0);
  }

  private static Mirrors invented(String sample, String golden) {
    return Mirrors.of(Invented.delivery(sample, golden).images(), false);
  }

  private static Mirrors mirrors(Delivered... images) {
    return Mirrors.of(List.of(images), false);
  }

  private static Delivered image(String origin, String repository) {
    return new Delivered(
        ImageType.ADDITIONAL,
        origin,
        "host.example:8443",
        Destination.parse(repository + ":1"),
        Optional.empty());
  }

  private static Target target(boolean plainHttp, boolean verify) {
    return new Target(
        "site",
        "host.example:8443",
        Optional.of(new RepositoryName("ocp")),
        new Target.Security(
            plainHttp, verify, Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
        0,
        new Target.Limits(4, 16, 16, 0));
  }
}
