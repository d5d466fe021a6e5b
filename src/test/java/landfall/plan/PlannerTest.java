package landfall.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Held;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.open.Opened.Document;
import landfall.plan.Planner.Options;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.content.Elsewhere;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlannerTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  private final MemoryContents contents = new MemoryContents();
  private final Images images = new Images(contents);

  @ParameterizedTest
  @CsvSource({
    "registry.redhat.io/ubi8/ubi:latest, ubi8/ubi, latest",
    "quay.io/openshifttest/hello@sha256:HEX, openshifttest/hello, sha256-HEX",
    "gcr.io/kubebuilder/proxy:v0.13.1@sha256:HEX, kubebuilder/proxy, v0.13.1",
    "registry.example.com:5000/a/b@sha256:HEX, a/b, sha256-HEX",
    "oci:///a/b/img, a/b/img, latest",
    "busybox:1.36, busybox, 1.36",
    "library/nginx:1, nginx, 1",
    "docker://quay.io/lab/app:v1, lab/app, v1"
  })
  void knowsWhereOcMirrorPutAnImageAndWhereItGoes(String name, String repository, String tag) {
    contents.tag(repository, tag.replace("HEX", HEX), images.image("a"));

    Plan plan = plan(Samples.naming(name.replace("HEX", HEX)));

    assertThat(plan.stream())
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.destination())
                  .hasToString(repository + ":" + tag.replace("HEX", HEX));
              assertThat(image.source()).hasToString(image.destination().toString());
              assertThat(image.origin()).isEqualTo(name.replace("HEX", HEX));
            });
  }

  @Test
  void followsTargetRepoAndTargetTag() {
    contents.tag("custom/img", "v1", images.image("a"));

    Plan plan =
        plan(
            Samples.configuration(
                "additionalImages:\n"
                    + "- {name: 'quay.io/x@sha256:"
                    + HEX
                    + "', targetRepo: custom/img, targetTag: v1}\n"));

    assertThat(plan.stream())
        .extracting(PlannedImage::destination)
        .extracting(Destination::toString)
        .containsExactly("custom/img:v1");
    assertThat(plan.warnings()).singleElement().asString().contains("asks for sha256:" + HEX);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2, a/b, a/b",
    "'', 2, a/b/c, a/b-c",
    "'', 1, a/b/c, a-b-c",
    "mirror/site, 2, a, mirror/site-a",
    "mirror/site, 2, a/b, mirror/site-a-b",
    "mirror, 3, a/b/c/d, mirror/a/b-c-d",
    "mirror/site, 0, a/b/c/d, mirror/site/a/b/c/d"
  })
  void putsRepositoriesNoDeeperThanTheTargetAllows(
      String prefix, int most, String path, String destination) {
    contents.tag(path, "1", images.image("a"));

    Plan plan = plan(Samples.naming("quay.io/" + path + ":1"), Samples.target(prefix, most));

    assertThat(plan.stream())
        .extracting(image -> image.source().repository() + " " + image.destination().repository())
        .containsExactly(path + " " + destination);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quay.io/lab/app",
        "quay.io/Lab/App:v1",
        "quay.io/lab/../app:v1",
        "quay.io/lab/app:.v1",
        "quay.io/lab/app:$(id)",
        "quay.io/lab/app:<script>",
        "quay.io/lab/a b:v1",
        "quay.io/lab/app@sha512:short"
      })
  void refusesOnlyTheImageForANameNoRegistryTakes(String name) {
    contents.tag("lab/good", "v1", images.image("a"));

    Plan plan = plan(Samples.naming(name, "quay.io/lab/good:v1"));

    assertThat(plan.images()).isEqualTo(1);
    assertThat(plan.refused())
        .extracting(RefusedImage::origin, RefusedImage::code)
        .containsExactly(tuple(name, Code.REF_INVALID));
  }

  @Test
  void refusesANameThatOnlyThePrefixMakesTooLong() {
    String path = "a".repeat(250);
    contents.tag(path, "1", images.image("a"));

    Plan plan = plan(Samples.naming("quay.io/" + path + ":1"), Samples.target("prefix", 0));

    assertThat(plan.refused()).extracting(RefusedImage::code).containsExactly(Code.REF_INVALID);
  }

  @Test
  void leavesOutBlockedImagesByOriginAndByDestination() {
    contents.tag("lab/app", "v1", images.image("a"));

    Plan plan =
        plan(
            Samples.configuration(
                """
                additionalImages:
                - name: quay.io/lab/app:v1
                - name: docker://quay.io/blocked/app:v1
                - name: quay.io/other/app:v1
                - name: not/complete
                blockedImages:
                - name: ^quay.io/bl[[:alpha:]]+
                - name: 127.0.0.1:5555/ot(?P<rest>her)
                - name: ^not/
                """));

    assertThat(plan.stream())
        .extracting(PlannedImage::origin)
        .containsExactly("quay.io/lab/app:v1");
    assertThat(plan.refused()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+a+)+y", "(.*)(.*)(.*)(.*)(.*)y$"})
  void isNotDelayedByPatternsThatWouldBacktrackForever(String pattern) {
    Optional<Document> configuration =
        Samples.configuration(
            "additionalImages: [{name: 'quay.io/"
                + "a".repeat(200)
                + ":!'}]\n"
                + "blockedImages: [{name: '"
                + pattern
                + "'}]\n");

    assertThat(plan(configuration).refused())
        .extracting(RefusedImage::code)
        .containsExactly(Code.REF_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "a{2,1}",
        "(?!x)",
        "(a)\\1",
        "a++",
        "(?>a)",
        "*a",
        "a{1001}",
        "a\\Z",
        "a**",
        "((a{100}){100}){100}",
        "((aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa){100}){100}"
      })
  void refusesPatternsThatAreNone(String pattern) {
    assertCode(
        Rejected.class,
        Code.MANIFEST_INVALID,
        Samples.configuration("blockedImages: [{name: '" + pattern + "'}]\n"));
  }

  @Test
  void saysSoWhenNothingIsToBeDelivered() {
    Plan plan = plan(Samples.configuration("platform: {architectures: [amd64]}\n"));

    assertThat(plan.waves()).isEmpty();
    assertThat(plan.warnings()).containsExactly("isc_test names no image that is to be delivered");
  }

  @Test
  void holdsADifferentialArchiveUntilWhatItBuildsOnHasCome() {
    Digest earlier = images.image("earlier");
    Digest layer = Digest.of("new".getBytes(StandardCharsets.UTF_8));
    contents.tag("lab/old", "v1", earlier).tag("lab/new", "v1", images.image("new"));
    contents.without(earlier).without(layer);

    assertThatExceptionOfType(Held.class)
        .isThrownBy(
            () ->
                new Planner()
                    .plan(
                        Samples.opened(
                            contents,
                            Samples.naming("quay.io/lab/old:v1", "quay.io/lab/new:v1"),
                            Set.of(earlier, layer),
                            true),
                        Samples.bare()))
        .satisfies(
            held -> {
              assertThat(held.code()).isEqualTo(Code.BLOB_MISSING);
              assertThat(held.sentence()).startsWith("2 pieces and 0 tags of 2 images");
              assertThat(held.evidence())
                  .containsExactly(
                      earlier + " manifest of quay.io/lab/old:v1 (lab/old:v1)",
                      layer + " layer of quay.io/lab/new:v1 (lab/new:v1)");
            });
  }

  @Test
  void waitsForAChunkThatMayBringWhatIsMissing() {
    Digest lost = images.image("lost");
    contents.tag("lab/app", "v1", lost).without(lost);

    assertThatExceptionOfType(Waiting.class)
        .isThrownBy(
            () ->
                new Planner()
                    .plan(
                        Samples.opened(
                            contents, Samples.naming("quay.io/lab/app:v1"), Set.of(), true),
                        Samples.bare()))
        .satisfies(waiting -> assertThat(waiting.code()).isEqualTo(Code.CHUNK_MISSING))
        .satisfies(waiting -> assertThat(waiting.sentence()).contains(lost.toString()));
  }

  @Test
  void refusesAnArchiveThatLacksWhatNoEarlierOneCarried() {
    Digest earlier = images.image("earlier");
    Digest lost = images.image("lost");
    contents.tag("lab/old", "v1", earlier).tag("lab/app", "v1", lost);
    contents.without(lost).without(earlier);

    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(
            () ->
                new Planner()
                    .plan(
                        Samples.opened(
                            contents,
                            Samples.naming(
                                "quay.io/lab/old:v1", "quay.io/lab/app:v1", "quay.io/lab/gone:v1"),
                            Set.of(earlier),
                            false),
                        Samples.bare()))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.BLOB_MISSING))
        .satisfies(
            refusal ->
                assertThat(refusal.evidence())
                    .containsExactly(
                        "image quay.io/lab/gone:v1: the archive has no tag lab/gone:v1",
                        lost + " manifest of quay.io/lab/app:v1 (lab/app:v1)",
                        earlier + " manifest of quay.io/lab/old:v1 (lab/old:v1)"));
  }

  @Test
  void keepsTheEvidenceShort() {
    String[] names =
        IntStream.range(0, 1500)
            .mapToObj(i -> "quay.io/lab/gone" + i + ":v1")
            .toArray(String[]::new);

    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> plan(Samples.naming(names)))
        .satisfies(refusal -> assertThat(refusal.evidence()).hasSize(1000))
        .satisfies(refusal -> assertThat(refusal.evidence().get(999)).isEqualTo("… and 501 more"));
  }

  @Test
  void tellsOfAllDamagedImagesAtOnce() {
    contents.tag("lab/a", "v1", contents.blob("{")).tag("lab/b", "v1", contents.blob("[]"));

    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> plan(Samples.naming("quay.io/lab/a:v1", "quay.io/lab/b:v1")))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Code.MANIFEST_INVALID);
              assertThat(refusal.sentence()).startsWith("2 images are damaged");
              assertThat(refusal.evidence()).hasSize(2);
              assertThat(refusal.evidence().get(1)).contains("quay.io/lab/b:v1");
            });
  }

  @Test
  void refusesAnImageThatIsNotPushedAndDeliversTheOthers() {
    Digest old = contents.blob("{\"schemaVersion\":1,\"fsLayers\":[]}");
    contents.tag("lab/old", "v1", old).tag("lab/app", "v1", images.image("a"));

    Plan plan = plan(Samples.naming("quay.io/lab/old:v1", "quay.io/lab/app:v1"));

    assertThat(plan.images()).isEqualTo(1);
    assertThat(plan.refused())
        .extracting(RefusedImage::origin, RefusedImage::code, RefusedImage::digest)
        .containsExactly(tuple("quay.io/lab/old:v1", Code.MEDIATYPE_REJECTED, Optional.of(old)));
  }

  @Test
  void refusesTwoImagesForOnePlace() {
    contents.tag("a/b-c", "1", images.image("a")).tag("a/b/c", "1", images.image("b"));

    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(
            () -> plan(Samples.naming("quay.io/a/b-c:1", "quay.io/a/b/c:1"), Samples.target("", 2)))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.NAME_COLLISION))
        .satisfies(
            refusal ->
                assertThat(refusal.sentence())
                    .contains("a/b-c:1", "quay.io/a/b-c:1", "quay.io/a/b/c:1"));
  }

  @Test
  void deliversOneImageOfTwoOriginsOnce() {
    contents.tag("x/y", "1", images.image("a"));

    Plan plan = plan(Samples.naming("quay.io/x/y:1", "docker.io/x/y:1", "quay.io/x/y:1"));

    assertThat(plan.stream())
        .singleElement()
        .satisfies(
            image ->
                assertThat(image.claims())
                    .extracting(Claim::origin)
                    .containsExactly("quay.io/x/y:1", "docker.io/x/y:1"));
    assertThat(new Mapping().lines(plan)).hasSize(1);
  }

  @Test
  void plansSignaturesOfAnIndexAndOfItsInstances() {
    Digest index = images.index("amd64");
    Digest amd64 = Digest.of(images.manifest("layer for amd64").getBytes(StandardCharsets.UTF_8));
    String ofIndex = "sha256-" + index.hex() + ".sig";
    String ofInstance = "sha256-" + amd64.hex() + ".sig";
    contents
        .tag("lab/app", "v1", index)
        .tag("lab/app", ofIndex, images.image("signature of index"))
        .tag("lab/app", ofInstance, images.image("signature of instance"))
        .tag("lab/app", "sha256-" + HEX + ".sig", images.image("of something else"));

    Plan plan = plan(Samples.naming("quay.io/lab/app:v1"), Samples.target("mirror", 0));

    assertThat(plan.waves().get(1).images())
        .extracting(
            PlannedImage::type, PlannedImage::origin, image -> image.destination().toString())
        .containsExactlyInAnyOrder(
            tuple(ImageType.SIGNATURE, "quay.io/lab/app:v1", "mirror/lab/app:" + ofIndex),
            tuple(ImageType.SIGNATURE, "quay.io/lab/app:v1", "mirror/lab/app:" + ofInstance));
    assertThat(plan.waves().get(1).images())
        .allSatisfy(
            signature ->
                assertThat(signature.needs().stream().map(Destination::toString))
                    .containsExactly("mirror/lab/app:v1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "no manifest", "not pushed"})
  void leavesOutASignatureItCannotUseAndSaysSo(String state) {
    Digest image = images.image("a");
    Digest signature =
        switch (state) {
          case "missing" -> Digest.of(state.getBytes(StandardCharsets.UTF_8));
          case "no manifest" -> contents.blob("{");
          default -> contents.blob("{\"schemaVersion\":1,\"fsLayers\":[]}");
        };
    contents
        .tag("lab/app", "v1", image)
        .tag("lab/app", "sha256-" + image.hex() + ".sig", signature);

    Plan plan = plan(Samples.naming("quay.io/lab/app:v1"));

    assertThat(plan.images()).isEqualTo(1);
    assertThat(plan.warnings()).singleElement().asString().contains("is left out");
  }

  @Test
  void plansTheSignatureOfAnImageWithTwoTagsOnce() {
    Digest image = images.image("a");
    contents
        .tag("lab/app", "v1", image)
        .tag("lab/app", "v2", image)
        .tag("lab/app", "sha256-" + image.hex() + ".sig", images.image("signature"));

    Plan plan = plan(Samples.naming("quay.io/lab/app:v1", "quay.io/lab/app:v2"));

    assertThat(plan.waves()).extracting(wave -> wave.images().size()).containsExactly(2, 1);
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void toleratesInstancesThatTheSenderLeftOut() {
    Digest index = images.index("amd64", "arm64");
    contents.tag("lab/app", "v1", index);
    contents.without(
        Digest.of(images.manifest("layer for arm64").getBytes(StandardCharsets.UTF_8)));

    Plan plan =
        plan(
            Samples.configuration(
                "additionalImages: [{name: 'quay.io/lab/app:v1', platforms: [{os: linux,"
                    + " architecture: amd64}]}]\n"));

    assertThat(plan.stream())
        .singleElement()
        .satisfies(image -> assertThat(image.content().sparse()).isTrue());
  }

  @Test
  void ordersAWaveByPlaceInTheArchive() {
    for (String name : new String[] {"c", "a", "b"}) {
      contents.tag("lab/" + name, "v1", images.image(name));
    }

    Plan plan = plan(Samples.naming("quay.io/lab/a:v1", "quay.io/lab/b:v1", "quay.io/lab/c:v1"));

    assertThat(plan.stream().map(image -> image.destination().toString()))
        .containsExactly("lab/c:v1", "lab/a:v1", "lab/b:v1");
  }

  @Test
  void needsAConfiguration() {
    Optional<Document> none = Optional.empty();

    assertCode(Rejected.class, Code.LAYOUT_UNKNOWN, none);
    assertThatExceptionOfType(Waiting.class)
        .isThrownBy(
            () ->
                new Planner().plan(Samples.opened(contents, none, Set.of(), true), Samples.bare()))
        .extracting(Failure::code)
        .isEqualTo(Code.CHUNK_MISSING);
  }

  @Test
  void prefersTheOperatorsConfigurationToTheArchives() {
    contents.tag("lab/app", "v1", images.image("a"));
    Options options = Samples.options(true, Samples.naming("quay.io/lab/app:v1"));

    Plan plan =
        new Planner()
            .plan(
                Samples.opened(contents, Samples.naming("quay.io/gone:v1")),
                Samples.bare(),
                options,
                Elsewhere.NOWHERE);

    assertThat(plan.stream().map(PlannedImage::origin).collect(Collectors.toSet()))
        .containsExactly("quay.io/lab/app:v1");
  }

  private Plan plan(Optional<Document> configuration) {
    return plan(configuration, Samples.bare());
  }

  private Plan plan(Optional<Document> configuration, Target target) {
    return new Planner().plan(Samples.opened(contents, configuration), target);
  }

  private <T extends Failure> void assertCode(
      Class<T> type, Code code, Optional<Document> configuration) {
    assertThatExceptionOfType(type)
        .isThrownBy(() -> plan(configuration))
        .extracting(Failure::code)
        .isEqualTo(code);
  }
}
