package landfall.plan.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.open.Opened.Document;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;
import landfall.plan.configuration.ImageSetConfiguration.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageSetConfigurationParserTest {
  private static final String HEAD = "kind: ImageSetConfiguration\n";

  @Test
  void readsEveryFieldOcMirrorKnows() {
    ImageSetConfiguration read =
        parse(
            """
            apiVersion: mirror.openshift.io/v2alpha1
            kind: ImageSetConfiguration
            archiveSize: 4
            mirror:
              platform:
                channels:
                - {name: stable-4.18, type: ocp, minVersion: 4.18.1, maxVersion: 4.18.9, shortestPath: true, full: false}
                platforms: [{os: linux, architecture: amd64}]
                graph: yes
                release: quay.io/r:1
                kubeVirtContainer: true
              operators:
              - catalog: registry.redhat.io/redhat/redhat-operator-index:v4.18
                targetCatalog: my/index
                targetTag: v1
                targetCatalogSourceTemplate: /t.yaml
                full: true
                skipDependencies: true
                platforms: [{os: linux, architecture: arm64}]
                packages:
                - name: argocd
                  defaultChannel: stable
                  minVersion: 1.0.0
                  maxVersion: 2.0.0
                  channels: [{name: stable}]
                - name: redis
                  channels: [{name: stable, minVersion: 1.0.0, maxVersion: 2.0.0}]
              additionalImages:
              - {name: "quay.io/lab/app:v1", targetRepo: a/b, targetTag: v2, platforms: [{os: linux, architecture: s390x}]}
              helm:
                repositories:
                - name: podinfo
                  url: https://example.com
                  charts: [{name: podinfo, version: 5.0.0, imagePaths: [a.b], values: {any: [thing]}}]
                local: [{name: local, path: /chart.tgz, platforms: [{os: linux, architecture: amd64}]}]
              blockedImages: [{name: alpine}]
              samples: [{name: ruby}]
            """);

    assertThat(read.archiveSize()).isEqualTo(OptionalLong.of(4));
    assertThat(read.platform().graph()).isTrue();
    assertThat(read.platform().channels().get(0).minVersion()).contains("4.18.1");
    assertThat(read.operators().get(0).packages().get(0).channels().get(0).name())
        .isEqualTo("stable");
    assertThat(read.additionalImages().get(0).targetRepo()).contains("a/b");
    assertThat(read.additionalImages().get(0).platforms())
        .containsExactly(new InstancePlatform("linux", "s390x"));
    assertThat(read.helm().repositories().get(0).charts().get(0).imagePaths())
        .containsExactly("a.b");
    assertThat(read.helm().local().get(0).path()).contains("/chart.tgz");
    assertThat(read.blockedImages()).containsExactly("alpine");
    assertThat(read.samples()).containsExactly("ruby");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mirror:\n",
        "mirror: {}\n",
        "mirror: {additionalImages: null, platform: ~}\n",
        "apiVersion: mirror.openshift.io/v1alpha2\nmirror: {}\n",
        "mirror: {}\n---\n",
        "mirror: {}\n...\n",
        "mirror: {}\n---\na: b\n",
        "mirror: {}\n---\n{[\n",
        "archiveSize: 4.0\nmirror: {}\n",
        "archiveSize: 0x10\nmirror: {}\n",
        "archiveSize: 1e1\nmirror: {}\n",
        "mirror: {platform: {graph: Off}}\n",
        "mirror: {platform: {graph: n}}\n"
      })
  void acceptsWhatOcMirrorAccepts(String rest) {
    ImageSetConfiguration read = parse(HEAD + rest);

    assertThat(read.additionalImages()).isEmpty();
    assertThat(read.platform()).isEqualTo(Platform.NONE);
    assertThat(read.helm().asksForImages()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{catalog: 'a/c:1'}, {catalog: 'docker://a/c:1'}",
        "{catalog: 'a/c:1', targetTag: v2}, {catalog: 'a/c:2', targetTag: v2}",
        "{catalog: 'a/c:1', targetCatalog: x/y}, {catalog: 'a/d:1', targetCatalog: x/y}",
        "{catalog: 'a/c:1', targetCatalog: 'A/b:c'}",
        "{catalog: 'a/c:1', packages: [{name: p, minVersion: abc}]}",
        "{catalog: 'a/c:1', packages: [{name: p, channels: [{name: s, maxVersion: 1.x}]}]}",
        "{catalog: 'a/c:1', packages: [{name: p, minVersion: 1.0.0,"
            + " channels: [{name: s, minVersion: 1.0.0}]}]}"
      })
  void refusesCatalogsThatOcMirrorRefuses(String operators) {
    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> parse(HEAD + "mirror: {operators: [" + operators + "]}\n"))
        .extracting(Rejected::code)
        .isEqualTo(Code.MANIFEST_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{catalog: 'a/c:1'}, {catalog: 'a/c:1', targetTag: v2}",
        "{catalog: 'a/c:1', targetCatalog: my-org/x__y.z}",
        "{catalog: 'a/c:1', packages: [{name: p, minVersion: v1.2}, {name: q, maxVersion: 1.2.3-rc.1+b}]}"
      })
  void acceptsCatalogsThatOcMirrorAccepts(String operators) {
    assertThat(parse(HEAD + "mirror: {operators: [" + operators + "]}\n").operators()).isNotEmpty();
  }

  @Test
  void mergesMappingsAsOcMirrorDoes() {
    ImageSetConfiguration read =
        parse(
            HEAD
                + """
                mirror:
                  additionalImages:
                  - &first {name: 'quay.io/a:1', targetTag: v1}
                  - {<<: *first, targetTag: v2}
                """);

    assertThat(read.additionalImages())
        .extracting(image -> image.name() + " " + image.targetTag().orElse(""))
        .containsExactly("quay.io/a:1 v1", "quay.io/a:1 v2");
  }

  @Test
  void comparesFieldNamesWithoutCaseAsOcMirrorDoes() {
    ImageSetConfiguration read =
        parse(HEAD + "mirror:\n  additionalimages: [{Name: 'quay.io/a:1'}]\n");

    assertThat(read.additionalImages().get(0).name()).isEqualTo("quay.io/a:1");
  }

  @Test
  void namesAllProblemsAtOnceWithTheirLines() {
    String text =
        """
        kind: DeleteImageSetConfiguration
        storageConfig: {}
        archiveSize: big
        mirror:
          additionalImages:
          - name: 4.18
          - nam: x
          platform:
            graph: maybe
            architectures: [amd64]
            platforms: [{os: linux, architecture: amd64}]
          operators: {}
        delete: {}
        """;

    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> parse(text))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Code.MANIFEST_INVALID);
              assertThat(refusal.sentence()).startsWith("isc_test: it has 10 problems");
              assertThat(refusal.evidence())
                  .containsExactlyInAnyOrder(
                      "isc_test:1: kind must be ImageSetConfiguration, is"
                          + " 'DeleteImageSetConfiguration'",
                      "isc_test:2: storageConfig: oc-mirror knows no such field",
                      "isc_test:3: archiveSize must be a whole number, is the str 'big'",
                      "isc_test:6: mirror.additionalImages[0].name must be text, is the float"
                          + " '4.18'",
                      "isc_test:7: mirror.additionalImages[1].name is missing",
                      "isc_test:7: mirror.additionalImages[1].nam: oc-mirror knows no such field",
                      "isc_test:9: mirror.platform.graph must be true or false, is the str"
                          + " 'maybe'",
                      "isc_test:11: mirror.platform.platforms cannot stand beside architectures;"
                          + " keep one of them",
                      "isc_test:12: mirror.operators must be a list, is a mapping",
                      "isc_test:13: delete is not allowed in an ImageSetConfiguration");
            });
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("an empty text", "", Code.MANIFEST_INVALID),
        Arguments.of("no mapping", "[]", Code.MANIFEST_INVALID),
        Arguments.of("no mirror", HEAD, Code.MANIFEST_INVALID),
        Arguments.of("no YAML", HEAD + "mirror: [", Code.MANIFEST_INVALID),
        Arguments.of("a NUL", HEAD + "mirror: \0", Code.MANIFEST_INVALID),
        Arguments.of("a key twice", HEAD + "mirror: {}\nmirror: {}\n", Code.MANIFEST_INVALID),
        Arguments.of(
            "a key twice but for case",
            HEAD + "mirror: {helm: {}, Helm: {}}",
            Code.MANIFEST_INVALID),
        Arguments.of("a complex key", HEAD + "? [a]\n: b\nmirror: {}\n", Code.MANIFEST_INVALID),
        Arguments.of(
            "a foreign type",
            HEAD + "mirror: !!javax.script.ScriptEngineManager [x]\n",
            Code.MANIFEST_INVALID),
        Arguments.of(
            "a foreign type in text",
            HEAD + "mirror: {additionalImages: [{name: !!java.net.URL 'http://x'}]}",
            Code.MANIFEST_INVALID),
        Arguments.of(
            "a merge key without a mapping",
            HEAD + "mirror: {additionalImages: [{name: &a 'b:1'}, {<<: *a}]}\n",
            Code.MANIFEST_INVALID),
        Arguments.of(
            "a mapping that merges itself", HEAD + "mirror: &a {<<: *a}\n", Code.MANIFEST_INVALID),
        Arguments.of(
            "a recursive list",
            HEAD + "mirror: {additionalImages: &a [*a]}",
            Code.MANIFEST_INVALID),
        Arguments.of("deep nesting", HEAD + "mirror: " + "[".repeat(60_000), Code.LIMIT_EXCEEDED),
        Arguments.of(
            "deep block nesting",
            HEAD + "mirror:\n" + "- ".repeat(30_000) + "a",
            Code.LIMIT_EXCEEDED),
        Arguments.of("many aliases", aliases(60), Code.LIMIT_EXCEEDED),
        Arguments.of("few aliases of a large list", bomb(), Code.LIMIT_EXCEEDED),
        Arguments.of(
            "a huge text", HEAD + "mirror: {}\n" + "#\n".repeat(3_000_000), Code.LIMIT_EXCEEDED),
        Arguments.of(
            "a huge line", HEAD + "mirror: {}\n#" + "x".repeat(100_000), Code.LIMIT_EXCEEDED),
        Arguments.of(
            "very deep nesting", HEAD + "mirror: " + "[".repeat(100_000), Code.LIMIT_EXCEEDED),
        Arguments.of(
            "the same package twice",
            HEAD + "mirror: {operators: [{catalog: c, packages: [{name: a}, {name: a}]}]}",
            Code.MANIFEST_INVALID),
        Arguments.of(
            "the same catalog twice",
            HEAD + "mirror: {operators: [{catalog: c}, {catalog: c}]}",
            Code.MANIFEST_INVALID),
        Arguments.of(
            "the same release channel twice",
            HEAD + "mirror: {platform: {channels: [{name: a}, {name: a}]}}",
            Code.MANIFEST_INVALID));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void refusesHostileTextsQuicklyAndByName(String what, String text, Code code) {
    assertThatExceptionOfType(Rejected.class)
        .as(what)
        .isThrownBy(() -> parse(text))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code))
        .satisfies(refusal -> assertThat(refusal.sentence()).startsWith("isc_test"));
  }

  @Test
  void keepsNoMoreThanAThousandProblems() {
    StringBuilder text = new StringBuilder(HEAD + "mirror:\n");
    for (int i = 0; i < 5000; i++) {
      text.append("  unknown").append(i).append(": 1\n");
    }

    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> parse(text.toString()))
        .satisfies(refusal -> assertThat(refusal.evidence()).hasSize(1000))
        .satisfies(refusal -> assertThat(refusal.sentence()).contains("5000 problems"));
  }

  @Test
  void namesTheDocumentItWasReadFrom() {
    assertThat(parse(HEAD + "mirror:\n").name()).isEqualTo("isc_test");
    assertThat(parse(HEAD + "mirror:\n").archiveSize()).isEmpty();
    assertThat(parse(HEAD + "mirror: {operators: [{catalog: c}]}").operators().get(0).targetTag())
        .isEqualTo(Optional.empty());
  }

  private static String aliases(int count) {
    return "a: &a []\n" + HEAD + "mirror:\n  additionalImages: [" + "*a,".repeat(count) + "]\n";
  }

  /** Few enough aliases for the parser, a billion values for who follows them. */
  private static String bomb() {
    return "c: &c ["
        + "{name: x},".repeat(2000)
        + "]\n"
        + "p: &p ["
        + "{name: x, channels: *c},".repeat(20)
        + "]\n"
        + HEAD
        + "mirror:\n  operators: ["
        + "{catalog: x, packages: *p},".repeat(20)
        + "]\n";
  }

  private static ImageSetConfiguration parse(String text) {
    return new ImageSetConfigurationParser().parse(new Document("isc_test", text));
  }
}
