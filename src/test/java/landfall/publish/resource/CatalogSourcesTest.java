package landfall.publish.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.image.Digest;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogSourcesTest {
  private static final String HEAD =
      """
      apiVersion: operators.coreos.com/v1alpha1
      kind: CatalogSource
      """;
  private static final Delivered CATALOG =
      new Delivered(
          ImageType.CATALOG,
          "registry.redhat.io/redhat/idx:v4.18",
          "host.example:8443",
          Destination.parse("ocp/redhat/idx:v4.18"),
          Optional.of(Digest.of(new byte[0])));

  @Test
  void keepsWhatATemplateSaysAndPutsItsOwnOverIt() {
    Resources resources =
        write(
            """
            apiVersion: operators.coreos.com/v1alpha1
            kind: CatalogSource
            metadata:
              name: mine
              namespace: elsewhere
              creationTimestamp: null
              labels: {team: ops}
              annotations: {createdBy: me, note: "yes"}
            spec:
              sourceType: ""
              image: placeholder
              displayName: Our operators
              priority: -5
              updateStrategy:
                registryPoll:
                  interval: 30m0s
              secrets: []
              grpcPodConfig: {tolerations: [{key: infra, operator: Exists}], more: []}
            status: {message: old}
            """);

    assertThat(resources.warnings()).isEmpty();
    assertThat(catalogSource(resources))
        .isEqualTo(
            """
            apiVersion: operators.coreos.com/v1alpha1
            kind: CatalogSource
            metadata:
              annotations:
                createdAt: "2026-11-22T12:00:00Z"
                createdBy: Landfall 1.0
                note: "yes"
              labels:
                team: ops
              name: cs-idx-v4-18
              namespace: openshift-marketplace
            spec:
              displayName: Our operators
              grpcPodConfig:
                more: []
                tolerations:
                - key: infra
                  operator: Exists
              image: host.example:8443/ocp/redhat/idx:v4.18
              priority: -5
              secrets: []
              sourceType: grpc
              updateStrategy:
                registryPoll:
                  interval: 30m0s
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "just text",
        "a: [",
        "kind: CatalogSource\napiVersion: operators.coreos.com/v1\n",
        "kind: ConfigMap\napiVersion: operators.coreos.com/v1alpha1\n",
        HEAD + "spec: {sourceType: configmap}\n",
        HEAD + "spec: {configMap: mine}\n",
        HEAD + "spec: []\n",
        HEAD + "metadata: {annotations: {a: 1}}\n",
        HEAD + "metadata: {labels: [a]}\n",
        HEAD + "spec: {1: a}\n",
        HEAD + "spec: {at: 2026-01-01}\n",
        HEAD + "---\n" + HEAD,
        HEAD + "spec: &a {b: *a}\n",
        HEAD + "kind: CatalogSource\n",
        HEAD + "spec: !!javax.script.ScriptEngineManager []\n"
      })
  void writesThePlainOneWhereTheTemplateIsNoGood(String template) {
    Resources resources = write(template);

    assertThat(resources.warnings())
        .singleElement()
        .asString()
        .startsWith("the CatalogSource template for ocp/redhat/idx:v4.18 is not used");
    assertThat(catalogSource(resources))
        .isEqualTo(
            """
            apiVersion: operators.coreos.com/v1alpha1
            kind: CatalogSource
            metadata:
              annotations:
                createdAt: "2026-11-22T12:00:00Z"
                createdBy: Landfall 1.0
              name: cs-idx-v4-18
              namespace: openshift-marketplace
            spec:
              image: host.example:8443/ocp/redhat/idx:v4.18
              sourceType: grpc
            """);
    assertThat(resources.files()).extracting(ResourceFile::name).contains("cc-idx-v4-18.yaml");
  }

  @Test
  void aTemplateMadeOfATemplatesResultSaysTheSame() {
    String once = catalogSource(write(HEAD + "spec: {displayName: Ours}\n"));

    assertThat(catalogSource(write(once))).isEqualTo(once);
  }

  private static String catalogSource(Resources resources) {
    return resources.files().stream()
        .filter(file -> file.name().equals("cs-idx-v4-18.yaml"))
        .map(ResourceFile::text)
        .findFirst()
        .orElseThrow();
  }

  private static Resources write(String template) {
    Delivery delivery =
        new Delivery(List.of(CATALOG), List.of(), Map.of(CATALOG.destination(), template));
    return ClusterResources.of(
        delivery,
        Mirrors.of(delivery.images(), false),
        CatalogNames.of(delivery.catalogs(), Map.of()),
        new Stamp(Instant.parse("2026-11-22T12:00:00Z"), "1.0", Optional.empty()));
  }
}
