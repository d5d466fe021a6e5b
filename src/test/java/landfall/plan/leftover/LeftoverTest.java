package landfall.plan.leftover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.open.Opened;
import landfall.open.Opened.Document;
import landfall.plan.Images;
import landfall.plan.MemoryContents;
import landfall.plan.Plan;
import landfall.plan.PlannedImage;
import landfall.plan.Planner;
import landfall.plan.Planner.Options;
import landfall.plan.Samples;
import landfall.plan.Unclaimed;
import landfall.plan.candidate.Attribution;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.content.Elsewhere;
import landfall.plan.release.ReleaseTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of images that no rule of a configuration explains. */
final class LeftoverTest {
  private static final String KEY = "0123456789abcdef".repeat(2);
  private static final String LOCAL = "helm: {local: [{name: home, path: ./home.tgz}]}\n";

  private final MemoryContents contents = new MemoryContents();
  private final Images images = new Images(contents);

  @Test
  void listsCompleteTagsThatNothingClaims() {
    Digest claimed = images.image("claimed");
    Digest left = images.image("left");
    contents
        .tag("lab/app", "v1", claimed)
        .tag("lab/app", "sha256-" + claimed.hex() + ".sig", images.image("its signature"))
        .tag("lab/left", "v1", left)
        .tag("lab/left", "sha256-" + left.hex() + ".sig", images.image("that signature"))
        .tag("lab/stale", "v1", Digest.of("elsewhere".getBytes(StandardCharsets.UTF_8)))
        .tag("lab/damaged", "v1", contents.blob("{"))
        .tag("lab/shipped", "v1", images.image("shipped before"));
    Digest shipped = Digest.of(bytes(images.manifest("shipped before")));

    Plan plan =
        plan(
            Samples.opened(contents, Samples.naming("quay.io/lab/app:v1"), Set.of(shipped), false),
            Unclaimed.AUTO);

    assertThat(unclaimed(plan))
        .containsExactlyInAnyOrder("lab/left:v1", "lab/left:sha256-" + left.hex() + ".sig");
    assertThat(destinations(plan)).doesNotContain("lab/left:v1");
  }

  @Test
  void doesNotCountTheCatalogThatAClaimedOneWasMadeFrom() {
    contents
        .tag("redhat/index", "v4.18", images.image("original"))
        .tag("my/index", "mine", images.image("of another name"))
        .tag("redhat/index", KEY, images.image("of another filter"));

    Plan plan =
        plan(
            Samples.opened(
                contents,
                Samples.configuration(
                    "operators:\n- {catalog: 'registry.redhat.io/redhat/index:v4.18'}\n"
                        + "- {catalog: 'quay.io/x/y:1', targetCatalog: my/index,"
                        + " targetTag: mine}\n")),
            Unclaimed.AUTO);

    assertThat(unclaimed(plan)).containsExactly("redhat/index:" + KEY);
  }

  @Test
  void deliversWhatALocalChartMayUseButNoOtherKindOfContent() {
    contents
        .tag("lab/chart", "v1", images.image("a"))
        .tag("redhat/index", KEY, images.image("b"))
        .tag("openshift/release-images", "4.17.1-x86_64", images.image("c"))
        .tag("openshift/release", "4.17.1-x86_64-etcd", images.image("d"))
        .file(
            "working-dir/logs/oc-mirror-20261124_130636.log",
            "2026/11/24 [INFO]   : Success copying docker://quay.io/lab/chart:v1 ➡️ cache\n");

    Plan plan = plan(Samples.opened(contents, Samples.configuration(LOCAL)), Unclaimed.AUTO);

    assertThat(plan.stream())
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.destination()).hasToString("lab/chart:v1");
              assertThat(image.type()).isEqualTo(ImageType.HELM);
              assertThat(image.origin()).isEqualTo("quay.io/lab/chart:v1");
              assertThat(image.claims().get(0).attribution()).isEqualTo(Attribution.LOG);
            });
    assertThat(unclaimed(plan)).hasSize(3);
    assertThat(plan.refused()).isEmpty();
    assertThat(plan.warnings()).anyMatch(warning -> warning.contains("./home.tgz"));
  }

  @Test
  void listsOneWhoseNameThisTargetCannotHave() {
    String longest = "a/".repeat(120) + "name";
    contents.tag(longest, "v1", images.image("a"));
    contents.tag("lab/app", "v1", images.image("b"));

    Plan plan =
        new Planner()
            .plan(
                Samples.opened(
                    contents,
                    Samples.configuration(
                        """
                        platform: {channels: [{name: stable-4.18}]}
                        additionalImages: [{name: 'quay.io/lab/app:v1'}]
                        """)),
                Samples.target("mirror/with/a/prefix", 0));

    assertThat(unclaimed(plan)).containsExactly(longest + ":v1");
  }

  @ParameterizedTest
  @EnumSource(Unclaimed.class)
  void doesWithThemAsTheOperatorSays(Unclaimed rule) {
    contents.tag("lab/left", "v1", images.image("a")).tag("lab/app", "v1", images.image("b"));

    Plan plan = plan(Samples.opened(contents, Samples.naming("quay.io/lab/app:v1")), rule);

    if (rule == Unclaimed.PUSH) {
      assertThat(destinations(plan)).containsExactlyInAnyOrder("lab/app:v1", "lab/left:v1");
      assertThat(plan.unclaimed()).isEmpty();
      assertThat(plan.stream()).extracting(PlannedImage::type).containsOnly(ImageType.ADDITIONAL);
    } else {
      assertThat(destinations(plan)).containsExactly("lab/app:v1");
      assertThat(unclaimed(plan)).containsExactly("lab/left:v1");
    }
  }

  @Test
  void saysThatAChartIsNotDeliveredWhereUnclaimedImagesMustStay() {
    contents.tag("lab/chart", "v1", images.image("a"));

    Plan plan = plan(Samples.opened(contents, Samples.configuration(LOCAL)), Unclaimed.REPORT);

    assertThat(plan.images()).isZero();
    assertThat(plan.refused()).extracting(RefusedImage::code).containsExactly(Code.NOT_SUPPORTED);
  }

  @Test
  void leavesOutWhatTheSenderBlockedAndWhatHasNoPlace() {
    contents
        .tag("lab/blocked", "v1", images.image("a"))
        .tag("a/b/c", "v1", images.image("b"))
        .tag("a/b-c", "v1", images.image("c"));
    Opened opened =
        Samples.opened(
            contents,
            Samples.configuration(
                LOCAL
                    + "additionalImages: [{name: 'quay.io/a/b-c:v1'}]\n"
                    + "blockedImages: [{name: lab/bl}]\n"));

    Plan plan =
        new Planner().plan(opened, Samples.target("", 2), Options.DEFAULT, Elsewhere.NOWHERE);

    assertThat(destinations(plan)).containsExactly("a/b-c:v1");
    assertThat(unclaimed(plan)).containsExactlyInAnyOrder("lab/blocked:v1", "a/b/c:v1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "working-dir/logs/oc-mirror-1.log | x Success copying quay.io/lab/app:v1 ➡ | LOG",
        "working-dir/logs/oc-mirror.log | x Success copying quay.io/lab/app:v1 ➡ | LOG",
        "working-dir/dry-run/mapping.txt | docker://quay.io/lab/app:v1=docker://localhost | DRY_RUN",
        "working-dir/delete/delete-images.yaml | - imageName: docker://quay.io/lab/app:v1 |"
            + " DELETE_LIST",
        "working-dir/logs/oc-mirror-1.log | x Failed to copy quay.io/lab/app:v1 ➡ | UNKNOWN",
        "working-dir/dry-run/mapping.txt | docker://localhost:55000/lab/app:v1=docker://x | UNKNOWN",
        "working-dir/logs/oc-mirror-1.log | x Success copying quay.io/lab/other:v1 ➡ | UNKNOWN"
      })
  void knowsOriginsFromWhatOcMirrorWroteDown(String entry, String text, Attribution attribution) {
    contents.tag("lab/app", "v1", images.image("a")).file(entry, text + "\n");

    PlannedImage image =
        plan(Samples.opened(contents, Samples.configuration(LOCAL)), Unclaimed.AUTO).stream()
            .findFirst()
            .orElseThrow();

    assertThat(image.claims().get(0).attribution()).isEqualTo(attribution);
    assertThat(image.origin())
        .isEqualTo(
            attribution == Attribution.UNKNOWN ? "unknown://lab/app:v1" : "quay.io/lab/app:v1");
  }

  @ParameterizedTest
  @CsvSource({
    "quay.io/lab/app, SIGNATURE, quay.io/lab/app:v1",
    "quay.io/lab/app:v7, SIGNATURE, quay.io/lab/app:v1",
    "quay.io/other/app, UNKNOWN, unknown://lab/app:v1",
    "no name, UNKNOWN, unknown://lab/app:v1"
  })
  void takesTheRepositoryOfACosignSignatureForAHint(
      String reference, Attribution attribution, String origin) {
    Digest image = images.image("a");
    String payload = "{\"critical\":{\"identity\":{\"docker-reference\":\"" + reference + "\"}}}";
    contents
        .tag("lab/app", "v1", image)
        .tag("lab/app", "sha256-" + image.hex() + ".sig", images.image(payload));

    PlannedImage planned =
        plan(Samples.opened(contents, Samples.configuration(LOCAL)), Unclaimed.AUTO).stream()
            .findFirst()
            .orElseThrow();

    assertThat(planned.origin()).isEqualTo(origin);
    assertThat(planned.claims().get(0).attribution()).isEqualTo(attribution);
  }

  @Test
  void passesOverAConfigurationThatCannotBeUsedAndSaysSoLoudly() {
    contents.tag("lab/app", "v1", images.image("a"));

    Plan plan =
        plan(
            Samples.opened(
                contents,
                new Document("isc_2026", "kind: Nonsense\n"),
                Samples.naming("quay.io/lab/app:v1").orElseThrow()),
            Unclaimed.AUTO);

    assertThat(destinations(plan)).containsExactly("lab/app:v1");
    assertThat(plan.refused()).isEmpty();
    assertThat(plan.warnings())
        .anyMatch(line -> line.startsWith("ANOTHER CONFIGURATION") && line.contains("isc_2026"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind: Nonsense\n",
        "kind: ImageSetConfiguration\nmirror: [\n",
        "kind: ImageSetConfiguration\nmirror: {blockedImages: [{name: '('}]}\n"
      })
  void deliversWhatTheTagsProveWhereNoConfigurationCanBeUsed(String text) {
    Digest original = images.image("original catalog");
    Digest rebuilt = images.image("rebuilt catalog");
    Digest related = images.image("related");
    Digest component = images.image("component");
    String folder = "working-dir/operator-catalogs/index/" + original.hex() + "/";
    contents
        .tag("openshift/release-images", "4.18.1-x86_64", images.image("release"))
        .tag("openshift/release", "4.18.1-x86_64-etcd", component)
        .tag("openshift/graph-image", "latest", images.image("graph"))
        .tag("redhat/index", "v4.18", original)
        .tag("redhat/index", KEY, rebuilt)
        .tag("rhel9/redis", "sha256-" + related.hex(), related)
        .tag("lab/app", "v1", images.image("app"))
        .file(folder + "filtered-catalogs/" + KEY + "/digest", rebuilt.hex())
        .file(
            folder + "filtered-catalogs/" + KEY + "/catalog-config/redis/catalog.json",
            "{\"image\": \"registry.redhat.io/rhel9/redis@" + related + "\"}")
        .file(
            "working-dir/hold-release/ocp-release/4.18.1-x86_64/release-manifests/image-references",
            "{\"name\": \"quay.io/openshift-release-dev/ocp-v4.0-art-dev@" + component + "\"}");

    Plan plan = plan(Samples.opened(contents, new Document("isc_2026", text)), Unclaimed.AUTO);

    assertThat(plan.stream())
        .extracting(image -> image.destination().toString(), PlannedImage::type)
        .containsExactlyInAnyOrder(
            tuple("openshift/release-images:4.18.1-x86_64", ImageType.RELEASE),
            tuple("openshift/release:4.18.1-x86_64-etcd", ImageType.COMPONENT),
            tuple("openshift/graph-image:latest", ImageType.GRAPH),
            tuple("redhat/index:v4.18", ImageType.CATALOG),
            tuple("rhel9/redis:sha256-" + related.hex(), ImageType.RELATED),
            tuple("lab/app:v1", ImageType.ADDITIONAL));
    assertThat(plan.stream().filter(image -> image.type() == ImageType.CATALOG))
        .extracting(PlannedImage::digest)
        .containsExactly(rebuilt);
    assertThat(plan.stream())
        .extracting(PlannedImage::origin)
        .contains(
            "quay.io/openshift-release-dev/ocp-v4.0-art-dev@" + component,
            "registry.redhat.io/rhel9/redis@" + related,
            "unknown://lab/app:v1");
    assertThat(plan.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.origin()).isEqualTo("isc_2026");
              assertThat(refused.code()).isEqualTo(Code.MANIFEST_INVALID);
              assertThat(refused.sentence()).contains("isc_2026").contains("every image");
            });
  }

  @Test
  void needsAConfigurationOrACompleteTag() {
    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> plan(Samples.opened(contents, Optional.empty()), Unclaimed.AUTO))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.LAYOUT_UNKNOWN));
  }

  @Test
  void waitsForTheChunkThatHoldsTheConfiguration() {
    contents.tag("lab/app", "v1", images.image("a"));

    assertThatExceptionOfType(Waiting.class)
        .isThrownBy(
            () -> plan(Samples.opened(contents, Optional.empty(), Set.of(), true), Unclaimed.AUTO))
        .satisfies(waiting -> assertThat(waiting.code()).isEqualTo(Code.CHUNK_MISSING));
  }

  private static Plan plan(Opened opened, Unclaimed rule) {
    return new Planner()
        .plan(
            opened,
            Samples.bare(),
            new Options(true, Optional.empty(), ReleaseTrust.STANDARD, Optional.empty(), rule),
            Elsewhere.NOWHERE);
  }

  private static List<String> unclaimed(Plan plan) {
    return plan.unclaimed().stream().map(link -> link.repository() + ":" + link.tag()).toList();
  }

  private static List<String> destinations(Plan plan) {
    return plan.stream().map(image -> image.destination().toString()).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
