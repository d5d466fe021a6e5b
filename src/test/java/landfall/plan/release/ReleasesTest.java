package landfall.plan.release;

import static landfall.plan.release.ReleaseArchive.COMPONENT;
import static landfall.plan.release.ReleaseArchive.RELEASE;
import static landfall.plan.release.ReleaseArchive.SIGNER;
import static landfall.plan.release.ReleaseArchive.TRUST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.openpgp.Signer;
import landfall.plan.Samples;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Companion;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.RefusedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReleasesTest {
  private static final String TAG = "4.18.1-x86_64";
  private static final String TWO = "{channels: [{name: stable-4.18, full: true}]}";
  private static final String ONE = "{channels: [{name: stable-4.18, maxVersion: 4.18.1}]}";

  private final ReleaseArchive archive =
      new ReleaseArchive().graph("amd64-stable-4.18", "x86_64", "4.18.1 4.18.2", "4.18.1>4.18.2");

  /** The rows of AF§3.5 that are about releases. */
  @ParameterizedTest
  @CsvSource({
    "ocp, 0, RELEASE, openshift/release-images:4.18.1-x86_64, ocp/openshift/release-images:4.18.1-x86_64",
    "ocp, 0, COMPONENT, openshift/release:4.18.1-x86_64-etcd, ocp/openshift/release:4.18.1-x86_64-etcd",
    "ocp, 0, COMPONENT, openshift/release:4.18.1-x86_64-kube-virt-container,"
        + " ocp/openshift/release:4.18.1-x86_64-kube-virt-container",
    "ocp, 0, GRAPH, openshift/graph-image:latest, ocp/openshift/graph-image:latest",
    "ocp, 2, RELEASE, openshift/release-images:4.18.1-x86_64, ocp/openshift-release-images:4.18.1-x86_64",
    "'', 0, RELEASE, openshift/release-images:4.18.1-x86_64, openshift/release-images:4.18.1-x86_64"
  })
  void putsEveryKindWhereOcMirrorPutsIt(
      String prefix, int nested, ImageType type, String source, String destination) {
    archive.bootImages("ocp-release/" + TAG, ReleaseArchive.bootImage("x86_64", digest("kv")));
    Candidates candidates =
        archive.collect(
            "platform: {channels: [{name: stable-4.18, maxVersion: 4.18.1}], graph: true,"
                + " kubeVirtContainer: true}\n",
            TRUST,
            Samples.target(prefix, nested),
            false);

    assertThat(candidates.images())
        .extracting(
            image -> image.claim().type(),
            image -> image.claim().source().toString(),
            image -> image.destination().toString())
        .contains(tuple(type, source, destination));
  }

  @Test
  void namesOriginsAsTheSenderKnewThem() {
    Candidates candidates = archive.collect(ONE);

    assertThat(candidates.images())
        .extracting(image -> image.claim().origin(), image -> image.pinned().orElse(""))
        .containsExactly(
            tuple(
                COMPONENT
                    + "@"
                    + archive
                        .contents
                        .tag(name("openshift/release"), tag(TAG + "-etcd"))
                        .orElseThrow(),
                archive
                    .contents
                    .tag(name("openshift/release"), tag(TAG + "-etcd"))
                    .orElseThrow()
                    .toString()),
            tuple(RELEASE + ":" + TAG, archive.digest(TAG).toString()));
  }

  @Test
  void sendsTheReleaseImageAfterItsComponentsWithItsSignature() {
    archive.release(TAG, "etcd", "cli", "cli-artifacts");

    Candidates candidates = archive.collect(ONE);

    Candidate release = candidates.images().get(3);
    assertThat(release.claim().type()).isEqualTo(ImageType.RELEASE);
    assertThat(release.needs())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "openshift/release:" + TAG + "-etcd",
            "openshift/release:" + TAG + "-cli",
            "openshift/release:" + TAG + "-cli-artifacts");
    assertThat(candidates.companions())
        .singleElement()
        .satisfies(
            companion -> {
              assertThat(companion.kind()).isEqualTo(Companion.Kind.RELEASE_SIGNATURE);
              assertThat(companion.image()).isEqualTo(release.destination());
              assertThat(companion.name()).isEqualTo(TAG + "-sha256-" + archive.digest(TAG).hex());
              assertThat(
                      new String(
                          Base64.getDecoder().decode(companion.content()),
                          StandardCharsets.ISO_8859_1))
                  .isNotBlank();
            });
  }

  @Test
  void mirrorsTheSamePlatformsOfEveryImageButTheGraph() {
    archive.graph("multi-stable-4.18", "multi", "4.18.1", "");

    Candidates candidates =
        archive.collect(
            "{platforms: [{os: linux, architecture: s390x}], graph: true, channels: [{name:"
                + " stable-4.18}]}");

    assertThat(candidates.images())
        .extracting(image -> image.claim().type(), Candidate::platforms)
        .containsExactly(
            tuple(ImageType.COMPONENT, Set.of("linux/s390x")),
            tuple(ImageType.RELEASE, Set.of("linux/s390x")),
            tuple(ImageType.GRAPH, Set.of()));
  }

  @Test
  void leavesOutWhatIsBlocked() {
    archive.release(TAG, "etcd", "cli");

    Candidates candidates =
        archive.collect(
            """
            platform: {graph: true, channels: [{name: stable-4.18, maxVersion: 4.18.1}]}
            blockedImages: [{name: release:.*-etcd$}, {name: graph-image}]
            """,
            TRUST,
            Samples.bare(),
            false);

    assertThat(candidates.refused()).isEmpty();
    assertThat(candidates.images())
        .extracting(image -> image.destination().toString())
        .containsExactly("openshift/release:" + TAG + "-cli", "openshift/release-images:" + TAG);
    assertThat(candidates.images().get(1).needs()).hasSize(1);
  }

  // Signatures

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "absent | SIGNATURE_MISSING | has no signature: the archive has no working-dir/signatures/",
        "absent | SIGNATURE_MISSING | expected one by a known key",
        "absent | SIGNATURE_MISSING | --ignore-release-signature",
        "stranger | SIGNATURE_INVALID | which is not known here; if you trust key",
        "stranger | SIGNATURE_INVALID | signatures.releaseKeys in config/landfall.yaml",
        "stranger | SIGNATURE_INVALID | OCP_SIGNATURE_VERIFICATION_PK",
        "tampered | SIGNATURE_INVALID | is not what key",
        "other | SIGNATURE_INVALID | , expected that digest",
        "rubbish | SIGNATURE_INVALID | is no OpenPGP message",
        "large | LIMIT_EXCEEDED | bytes, at most 262144 are read",
        "untagged | SIGNATURE_INVALID | is good and says something else",
        "nothing | SIGNATURE_INVALID | is good and says something else",
        "elsewhere | SIGNATURE_INVALID | under its tag"
      })
  void refusesAReleaseWhoseSignatureDoesNotHoldAndDeliversTheOther(
      String fault, Code code, String why) {
    spoil(fault);

    Candidates candidates = archive.collect(TWO);

    assertThat(ReleaseArchive.releases(candidates)).containsExactly("4.18.2-x86_64");
    assertThat(candidates.images()).hasSize(2);
    assertThat(candidates.companions()).hasSize(1);
    RefusedImage release = candidates.refused().get(0);
    assertThat(release.type()).isEqualTo(ImageType.RELEASE);
    assertThat(release.code()).isEqualTo(code);
    assertThat(release.sentence()).contains(why);
    assertThat(release.digest()).contains(archive.digest(TAG));
    assertThat(candidates.refused())
        .extracting(image -> image.destination().orElseThrow().toString(), RefusedImage::code)
        .containsExactly(
            tuple("openshift/release-images:" + TAG, code),
            tuple("openshift/release:" + TAG + "-etcd", Code.DEPENDENCY_FAILED));
  }

  private void spoil(String fault) {
    Digest digest = archive.digest(TAG);
    String file = TAG + "-sha256-" + digest.hex();
    String statement = ReleaseArchive.statement(digest, RELEASE + ":" + TAG);
    byte[] good = statement.getBytes(StandardCharsets.UTF_8);
    switch (fault) {
      case "absent" -> archive.contents.remove("working-dir/signatures/" + file);
      case "stranger" -> archive.signature(file, Signer.create().sign(good));
      case "tampered" -> archive.signature(file, SIGNER.forged(good));
      case "other" ->
          archive.signature(
              file, ReleaseArchive.statement(archive.digest("4.18.2-x86_64"), RELEASE + ":" + TAG));
      case "rubbish" -> archive.signature(file, good);
      case "large" -> archive.signature(file, new byte[300_000]);
      case "untagged" -> archive.signature(file, ReleaseArchive.statement(digest, RELEASE));
      case "nothing" -> archive.signature(file, "signed");
      case "elsewhere" ->
          archive.contents.tag("openshift/release-images", TAG, archive.digest("another"));
      default -> throw new IllegalArgumentException(fault);
    }
  }

  @Test
  void acceptsAReleaseWhenOneOfItsSignatureFilesHolds() {
    archive.signature("0-sha256-" + archive.digest(TAG).hex(), new byte[] {1});

    assertThat(ReleaseArchive.releases(archive.collect(ONE))).containsExactly(TAG);
  }

  @Test
  void refusesAReleaseThatTheArchiveDoesNotHaveByItsDigestAlone() {
    ReleaseArchive bare =
        new ReleaseArchive()
            .graphText(
                "amd64-stable-4.18",
                "{\"nodes\":[{\"version\":\"4.18.1\",\"payload\":\""
                    + RELEASE
                    + "@"
                    + digest("x")
                    + "\"}]}");

    assertThat(bare.collect(ONE).refused())
        .extracting(RefusedImage::origin, RefusedImage::code)
        .containsExactly(tuple(RELEASE + "@" + digest("x"), Code.SIGNATURE_MISSING));
  }

  // A release named by reference

  @Test
  void deliversANamedReleaseByDigestOrByTag() {
    String byDigest = "{release: '" + RELEASE + "@" + archive.digest(TAG) + "'}";

    assertThat(ReleaseArchive.releases(archive.collect(byDigest))).containsExactly(TAG);
    assertThat(ReleaseArchive.releases(archive.collect("{release: '" + RELEASE + ":" + TAG + "'}")))
        .containsExactly(TAG);
  }

  @Test
  void cannotTellATagThatTheArchiveDoesNotHave() {
    assertThat(archive.collect("{release: 'quay.io/x/y:4.17'}").refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.REF_INVALID))
        .satisfies(
            refused ->
                assertThat(refused.sentence())
                    .contains("the archive has 2 release images and none of that tag"));
  }

  @Test
  void deliversANamedReleaseUnsignedWhereSignaturesAreIgnored() {
    Digest digest = archive.digest("ci");
    String platform = "{release: 'registry.ci/ocp/release@" + digest + "'}";
    archive.contents.tag("openshift/release-images", digest.hex(), digest);
    archive.manifests("release@sha256/" + digest.hex(), digest.hex(), "etcd");

    Candidates ignored = archive.collect(platform, new ReleaseTrust(TRUST.keys(), true));
    Candidates strict = archive.collect(platform);

    assertThat(ignored.images())
        .extracting(image -> image.claim().origin(), image -> image.destination().toString())
        .contains(
            tuple("registry.ci/ocp/release@" + digest, "openshift/release-images:" + digest.hex()));
    assertThat(ignored.images().get(0).destination())
        .hasToString("openshift/release:" + digest.hex() + "-etcd");
    assertThat(ignored.companions()).isEmpty();
    assertThat(strict.images()).isEmpty();
    assertThat(strict.refused())
        .extracting(RefusedImage::code)
        .containsExactly(Code.SIGNATURE_MISSING, Code.DEPENDENCY_FAILED);
  }

  @Test
  void ignoresNoSignatureOfAReleaseFromAChannel() {
    spoil("absent");

    assertThat(archive.collect(ONE, new ReleaseTrust(TRUST.keys(), true)).refused())
        .extracting(RefusedImage::code)
        .containsExactly(Code.SIGNATURE_MISSING, Code.DEPENDENCY_FAILED);
  }

  @Test
  void takesNoHarmFromTheLongestTagsAndPrefixes() {
    Digest digest = archive.digest("long");
    archive.graph("amd64-c", "x86_64", "4.18.7", "");
    String node = "{\"version\":\"4.18.7\",\"payload\":\"%s@%s\"}".formatted(RELEASE, digest);
    archive.graphText("amd64-c", "{\"nodes\":[" + node + "]}");
    archive.contents.tag("openshift/release-images", "t".repeat(128), digest);
    archive.bootImages(
        "ocp-release/" + "t".repeat(128), ReleaseArchive.bootImage("x86_64", digest("kv")));
    archive.manifests("ocp-release/" + "t".repeat(128), "t");
    String mirror =
        "platform: {architectures: [amd64, multi], kubeVirtContainer: true, channels: [{name: c}]}\n";

    assertThat(archive.collect(mirror, TRUST, Samples.bare(), false).refused())
        .extracting(RefusedImage::code)
        .contains(Code.SIGNATURE_MISSING);
    assertThat(archive.collect(mirror, TRUST, Samples.target("p".repeat(250), 0), false).refused())
        .extracting(RefusedImage::code)
        .containsExactly(Code.REF_INVALID);
  }

  // Boot images of KubeVirt

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architectures: [amd64] | x86_64 s390x | kube-virt-container=x86_64",
        "architectures: [s390x] | x86_64 s390x | kube-virt-container=s390x",
        "architectures: [arm64] | x86_64 s390x | kube-virt-container=x86_64",
        "architectures: [amd64, arm64] | x86_64 s390x | kube-virt-container=x86_64",
        "architectures: [multi] | x86_64 s390x | kube-virt-container-x86_64=x86_64"
            + " kube-virt-container-s390x=s390x",
        "architectures: [amd64, s390x] | x86_64 | kube-virt-container-x86_64=x86_64",
        "platforms: [{os: linux, architecture: s390x}] | x86_64 s390x | kube-virt-container=s390x",
        "platforms: [{os: linux, architecture: amd64}, {os: linux, architecture: s390x}] | x86_64"
            + " s390x | kube-virt-container-x86_64=x86_64 kube-virt-container-s390x=s390x"
      })
  void namesBootImagesByTheArchitecturesAskedFor(String asked, String present, String expected) {
    ReleaseArchive all = new ReleaseArchive();
    for (String name : List.of("amd64", "s390x", "arm64", "multi")) {
      all.graph(name + "-c", "x86_64", "4.18.1", "");
    }
    all.bootImages(
        "ocp-release/" + TAG,
        List.of(present.split(" ", -1)).stream()
            .map(name -> ReleaseArchive.bootImage(name, digest(name)))
            .collect(Collectors.joining(",")));

    Candidates candidates =
        all.collect("{" + asked + ", kubeVirtContainer: true, channels: [{name: c}]}");

    Map<String, String> found =
        candidates.images().stream()
            .filter(image -> image.destination().toString().contains("kube-virt"))
            .distinct()
            .collect(
                Collectors.toMap(
                    image -> image.destination().tag().name().substring(TAG.length() + 1),
                    image -> image.claim().origin()));
    assertThat(candidates.refused()).isEmpty();
    assertThat(found).hasSize(expected.split(" ", -1).length);
    for (String pair : expected.split(" ", -1)) {
      String[] halves = pair.split("=", -1);
      assertThat(found).containsEntry(halves[0], COMPONENT + "@" + digest(halves[1]));
    }
  }

  @Test
  void knowsTheOnlyBootImageOfOldProducers() {
    archive.graph("s390x-stable-4.18", "s390x", "4.18.1", "");
    for (String tag : List.of(TAG, "4.18.1-s390x")) {
      archive.bootImages("ocp-release/" + tag, ReleaseArchive.bootImage("x86_64", digest("kv")));
      archive.contents.tag("openshift/release", tag + "-kube-virt-container", digest("kv"));
    }

    Candidates candidates =
        archive.collect(
            "{architectures: [amd64, s390x], kubeVirtContainer: true, channels: [{name: stable-4.18,"
                + " maxVersion: 4.18.1}]}");

    assertThat(candidates.images())
        .extracting(image -> image.destination().toString())
        .contains("openshift/release:4.18.1-s390x-kube-virt-container");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kind: ConfigMap | has no data.stream",
        "data: {stream: [a]} | has no data.stream",
        "data: {stream: '{\"architectures\":{}}'} | has no KubeVirt image for any of [x86_64]",
        "data: {stream: 'x'} | data.stream:1: this is no JSON",
        "data: {stream: '{\"architectures\":{\"x86_64\":{\"images\":{\"kubevirt\":{\"digest-ref\":7}}}}}'}"
            + " | data.stream:1: found 7, expected a text",
        "a: [ | bootimages.yaml:1: this is no YAML",
        "`` | bootimages.yaml:1: the document is empty"
      })
  void deliversAReleaseWhoseBootImagesCannotBeRead(String yaml, String why) {
    archive.file(
        ReleaseArchive.manifest("ocp-release/" + TAG, "0000_50_installer_coreos-bootimages.yaml"),
        yaml);

    Candidates candidates =
        archive.collect(
            "{kubeVirtContainer: true, channels: [{name: stable-4.18, maxVersion: 4.18.1}]}");

    assertThat(ReleaseArchive.releases(candidates)).containsExactly(TAG);
    assertThat(candidates.refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.MANIFEST_INVALID))
        .satisfies(refused -> assertThat(refused.type()).isEqualTo(ImageType.COMPONENT))
        .satisfies(refused -> assertThat(refused.sentence()).contains(why));
  }

  // Hostile and missing metadata

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | MANIFEST_INVALID | image-references:1: found no spec.tags",
        "{\"spec\":{\"tags\":null}} | MANIFEST_INVALID | image-references:1: found no spec.tags",
        "{\"spec\":{\"tags\":[]}} | MANIFEST_INVALID | image-references:1: found no spec.tags",
        "{\"spec\":{\"tags\":{}}} | MANIFEST_INVALID | image-references:1: found {, expected a list",
        "{\"spec\":{\"tags\":[\\n{\"name\":\"a\"}]}} | MANIFEST_INVALID | image-references:2: a"
            + " component lacks its name or from.name",
        "{\"spec\":{\"tags\":[\\n\\n{\"name\":7}]}} | MANIFEST_INVALID | image-references:3: found 7,"
            + " expected a text",
        "{\"spec\":{\"tags\":[]},\\n\"spec\":{}} | MANIFEST_INVALID | image-references:2: 'spec' stands"
            + " twice",
        "{\"spec\":{\"tags\":[]}\\n | MANIFEST_INVALID | image-references:2: this is no JSON",
        "{\"spec\":{\"tags\":[{\"name\":\"a\",\"from\":{\"name\":\"b/c:d\"}}]}}\\n{} | MANIFEST_INVALID |"
            + " image-references:2: more follows",
        "[] | MANIFEST_INVALID | found [, expected an object",
        "`` | MANIFEST_INVALID | found the end, expected an object",
        "DEEP | LIMIT_EXCEEDED | image-references: Document nesting depth",
        "MANY | LIMIT_EXCEEDED | there are more than 5000 components",
        "LARGE | LIMIT_EXCEEDED | bytes, at most 8388608 are read"
      })
  void refusesAReleaseWhoseComponentsCannotBeRead(String json, Code code, String why) {
    String text =
        switch (json) {
          case "DEEP" -> "{\"a\":" + "[".repeat(100_000);
          case "MANY" ->
              "{\"spec\":{\"tags\":["
                  + "{\"name\":\"a\",\"from\":{\"name\":\"b/c:d\"}},".repeat(5001)
                  + "{}]}}";
          case "LARGE" -> " ".repeat(9 << 20);
          default -> json.replace("\\n", "\n");
        };
    archive.file(ReleaseArchive.manifest("ocp-release/" + TAG, "image-references"), text);

    Candidates candidates = archive.collect(TWO);

    assertThat(ReleaseArchive.releases(candidates)).containsExactly("4.18.2-x86_64");
    assertThat(candidates.refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(code))
        .satisfies(refused -> assertThat(refused.origin()).isEqualTo(RELEASE + ":" + TAG))
        .satisfies(refused -> assertThat(refused.sentence()).contains(why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b | quay.io/a/b:1",
        "../../etc | quay.io/a/b:1",
        "cli | quay.io/a/b",
        "cli | oci:///a b",
        "cli | quay.io/a/b@sha256:1"
      })
  void refusesAComponentNoRegistryTakesAndHoldsTheReleaseBack(String name, String image) {
    String json =
        "{\"spec\":{\"tags\":[{\"name\":\"%s\",\"from\":{\"name\":\"%s\"}},{\"name\":\"etcd\",\"from\":{\"name\":\"quay.io/a/c:1\"}}]}}"
            .formatted(name, image);
    archive.file(ReleaseArchive.manifest("ocp-release/" + TAG, "image-references"), json);

    Candidates candidates = archive.collect(ONE);

    assertThat(candidates.images())
        .extracting(one -> one.destination().toString())
        .containsExactly("openshift/release:" + TAG + "-etcd");
    assertThat(candidates.refused())
        .extracting(RefusedImage::type, RefusedImage::code)
        .containsExactly(
            tuple(ImageType.COMPONENT, Code.REF_INVALID),
            tuple(ImageType.RELEASE, Code.DEPENDENCY_FAILED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"nodes\":[{\"version\":\"4.18.1\"}]} | MANIFEST_INVALID | stable-4.18.json:1: a node lacks its"
            + " version or payload",
        "{\"nodes\":[\\n{\"version\":\"4.18\",\"payload\":\"p\"}]} | MANIFEST_INVALID |"
            + " stable-4.18.json:2: '4.18' is no version",
        "{\"nodes\":[],\"edges\":[\\n[0,1]]} | MANIFEST_INVALID | an edge leads to node 0, there are 0"
            + " nodes",
        "{\"nodes\":[],\"edges\":[[0]]} | MANIFEST_INVALID | an edge has 1 ends",
        "{\"nodes\":[],\"edges\":[[0,1,2]]} | MANIFEST_INVALID | an edge has more than two ends",
        "{\"nodes\":[],\"edges\":[[-1,0]]} | MANIFEST_INVALID | found -1, expected a number from 0",
        "{\"nodes\":[],\"edges\":[[1e3,0]]} | MANIFEST_INVALID | found 1e3, expected a whole number",
        "{\"nodes\":[],\"edges\":[[99999999999,0]]} | MANIFEST_INVALID | found 99999999999",
        "{\"nodes\":[]} | MANIFEST_INVALID | has no versions",
        "{} | MANIFEST_INVALID | has no versions",
        "nodes | MANIFEST_INVALID | stable-4.18.json:1: this is no JSON",
        "NODES | LIMIT_EXCEEDED | there are more than 20000 nodes",
        "EDGES | LIMIT_EXCEEDED | there are more than 1000000 edges",
        "TEXT | LIMIT_EXCEEDED | stable-4.18.json: String value length",
        "LARGE | LIMIT_EXCEEDED | bytes, at most 33554432 are read"
      })
  void refusesAChannelWhoseGraphCannotBeRead(String json, Code code, String why) {
    String node = "{\"version\":\"4.18.1\",\"payload\":\"p\"}";
    String text =
        switch (json) {
          case "NODES" -> "{\"nodes\":[" + (node + ",").repeat(20_001) + node + "]}";
          case "EDGES" ->
              "{\"nodes\":[" + node + "],\"edges\":[" + "[0,0],".repeat(1_000_001) + "]}";
          case "TEXT" -> "{\"nodes\":[{\"payload\":\"" + "p".repeat(2 << 20) + "\"}]}";
          case "LARGE" -> " ".repeat(33 << 20);
          default -> json.replace("\\n", "\n");
        };
    archive.graphText("amd64-stable-4.18", text);

    assertThat(archive.collect("{channels: [{name: stable-4.18}]}").refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(code))
        .satisfies(refused -> assertThat(refused.origin()).isEqualTo("stable-4.18 (amd64)"))
        .satisfies(refused -> assertThat(refused.sentence()).contains(why));
  }

  @Test
  void readsAGraphAsLargeAsTheRealOnesAreAndSkipsWhatItDoesNotNeed() {
    StringBuilder nodes = new StringBuilder();
    StringBuilder edges = new StringBuilder();
    for (int index = 0; index < 3000; index++) {
      nodes.append(index == 0 ? "" : ",").append(node("4.18." + index));
      for (int next = index + 1; next < Math.min(index + 100, 3000); next++) {
        edges.append(edges.isEmpty() ? "" : ",").append("[" + index + "," + next + "]");
      }
    }
    archive.graphText(
        "amd64-stable-4.18",
        "{\"version\":1,\"conditionalEdges\":[{\"risks\":[{\"message\":\""
            + "m".repeat(500_000)
            + "\"}]}],\"edges\":["
            + edges
            + "],\"nodes\":["
            + nodes
            + "],\"more\":{\"nodes\":7}}");

    Candidates candidates =
        archive.collect(
            "{channels: [{name: stable-4.18, full: true, minVersion: 4.18.1, maxVersion: 4.18.2990,"
                + " shortestPath: true}]}");

    assertThat(candidates.refused()).hasSize(32);
    assertThat(candidates.refused().get(1).origin()).isEqualTo(RELEASE + "@" + digest("4.18.100"));
  }

  private static String node(String version) {
    return "{\"version\":\"%s\",\"payload\":\"%s@%s\",\"metadata\":{\"url\":\"%s\"}}"
        .formatted(version, RELEASE, digest(version), "u".repeat(300));
  }

  @Test
  void refusesAReleaseWhosePayloadIsNoReferenceByDigest() {
    archive.graphText(
        "amd64-stable-4.18",
        "{\"nodes\":[{\"version\":\"4.18.1\",\"payload\":\"quay.io/a/b:tag\"},{\"version\":\"4.18.2\","
            + "\"payload\":\""
            + RELEASE
            + "@"
            + archive.digest("4.18.2-x86_64")
            + "\"}]}");

    Candidates candidates = archive.collect(TWO);

    assertThat(ReleaseArchive.releases(candidates)).containsExactly("4.18.2-x86_64");
    assertThat(candidates.refused())
        .extracting(RefusedImage::origin, RefusedImage::code)
        .containsExactly(tuple("quay.io/a/b:tag", Code.REF_INVALID));
  }

  @Test
  void waitsForMetadataThatAChunkMayBring() {
    archive.contents.remove(
        "working-dir/" + ReleaseArchive.manifest("ocp-release/" + TAG, "image-references"));
    String mirror = "platform: " + ONE + "\n";

    assertThatExceptionOfType(Waiting.class)
        .isThrownBy(() -> archive.collect(mirror, TRUST, Samples.bare(), true))
        .satisfies(waiting -> assertThat(waiting.code()).isEqualTo(Code.CHUNK_MISSING))
        .withMessageContaining("image-references yet, which is the list of components of");
    assertThatExceptionOfType(Waiting.class)
        .isThrownBy(
            () ->
                archive.collect(
                    "platform: {channels: [{name: stable-4.30}]}\n", TRUST, Samples.bare(), true))
        .withMessageContaining("amd64-stable-4.30.json yet");
    assertThat(archive.collect(ONE).refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.MANIFEST_INVALID))
        .satisfies(
            refused -> assertThat(refused.sentence()).contains("image-references, expected"));
  }

  private static RepositoryName name(String path) {
    return new RepositoryName(path);
  }

  private static Tag tag(String name) {
    return new Tag(name);
  }

  private static Digest digest(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8));
  }
}
