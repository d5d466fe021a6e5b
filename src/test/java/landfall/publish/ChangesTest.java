package landfall.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import landfall.image.Digest;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.publish.resource.CatalogNames;
import landfall.publish.resource.ClusterResources;
import landfall.publish.resource.Delivered;
import landfall.publish.resource.Delivery;
import landfall.publish.resource.Mirrors;
import landfall.publish.resource.ReleaseSignature;
import landfall.publish.resource.Stamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChangesTest {
  private static final Digest DIGEST = Digest.of(new byte[0]);
  private static final SortedMap<String, String> NOTHING = new TreeMap<>();

  @Test
  void callsEveryObjectOfAFirstPublicationNew() {
    assertThat(changes(NOTHING, texts(byTag("quay.io/lab/a", "lab/a"), catalog("a/idx:v1"))))
        .containsExactly(
            new Change("cc-idx-v1.yaml", "new object ClusterCatalog cc-idx-v1", false),
            new Change("cs-idx-v1.yaml", "new object CatalogSource cs-idx-v1", false),
            new Change(
                "itms-oc-mirror.yaml",
                "new object ImageTagMirrorSet itms-generic-0, 1 source",
                true));
  }

  @Test
  void saysNothingWhereNothingButTheTimeIsNew() {
    SortedMap<String, String> now = texts(byTag("quay.io/lab/a", "lab/a"), catalog("a/idx:v1"));
    SortedMap<String, String> later = new TreeMap<>();
    now.forEach((name, text) -> later.put(name, text.replace("2026-11-22", "2027-01-01")));

    assertThat(later).isNotEqualTo(now);
    assertThat(changes(now, later)).isEmpty();
  }

  /** The Machine Config Operator drains for everything but mirrors by digest. */
  @ParameterizedTest
  @CsvSource({"true, idms, ImageDigestMirrorSet, false", "false, itms, ImageTagMirrorSet, true"})
  void aMirrorMoreForASourceDrainsUnlessItIsByDigest(
      boolean byDigest, String file, String kind, boolean drains) {
    Delivered first = image(byDigest, "quay.io/lab/a", "one/x");
    Delivered second = image(byDigest, "quay.io/lab/a", "two/x");

    assertThat(changes(texts(first), texts(first, second)))
        .containsExactly(
            new Change(
                file + "-oc-mirror.yaml",
                kind
                    + " "
                    + file
                    + "-generic-0: new mirror for the source quay.io/lab/a"
                    + " (host.example:8443/two/x)",
                drains));
  }

  @Test
  void aSourceMoreInAnObjectThatIsThereCountsAsDraining() {
    Delivered first = image(true, "quay.io/lab/a", "lab/a");
    Delivered second = image(true, "quay.io/other/b", "other/b");

    assertThat(changes(texts(first), texts(first, second)))
        .containsExactly(
            new Change(
                "idms-oc-mirror.yaml",
                "ImageDigestMirrorSet idms-generic-0: new source quay.io/other",
                true));
  }

  @Test
  void whatIsNoLongerPublishedDrainsToo() {
    Delivered first = image(true, "quay.io/lab/a", "one/x");
    Delivered second = image(true, "quay.io/lab/a", "two/x");
    Delivered other = image(true, "quay.io/other/b", "other/b");

    assertThat(changes(texts(first, second, other), texts(first)))
        .extracting(Change::change)
        .containsExactly(
            "ImageDigestMirrorSet idms-generic-0: no longer a mirror for the source quay.io/lab/a"
                + " (host.example:8443/two/x)",
            "ImageDigestMirrorSet idms-generic-0: no longer a source quay.io/other");
    assertThat(changes(texts(first), NOTHING))
        .containsExactly(
            new Change(
                "idms-oc-mirror.yaml",
                "ImageDigestMirrorSet idms-generic-0 is no longer published",
                true));
  }

  @Test
  void namesTheFirstFewOfManySources() {
    Delivered first = image(true, "quay.io/lab/a", "lab/a");
    Delivered[] many =
        Stream.concat(
                Stream.of(first),
                IntStream.range(0, 8)
                    .mapToObj(i -> image(true, "quay.io/n" + i + "/b", "n" + i + "/b")))
            .toArray(Delivered[]::new);

    assertThat(changes(texts(first), texts(many)))
        .singleElement()
        .extracting(Change::change)
        .asString()
        .endsWith(
            "new source quay.io/n0, quay.io/n1, quay.io/n2, quay.io/n3, quay.io/n4 and 3 more");
  }

  @Test
  void saysWhichImageACatalogNamesNow() {
    SortedMap<String, String> before = texts(catalog("a/idx:v1"));
    SortedMap<String, String> after = new TreeMap<>();
    before.forEach((name, text) -> after.put(name, text.replace("host.example", "other.example")));

    assertThat(changes(before, after))
        .contains(
            new Change(
                "cs-idx-v1.yaml",
                "CatalogSource cs-idx-v1: spec.image is other.example:8443/a/idx:v1, was"
                    + " host.example:8443/a/idx:v1",
                false));
  }

  @Test
  void countsSignatures() {
    Delivered one = release("4.18.1");
    Delivered two = release("4.18.2");

    assertThat(changes(texts(one), texts(one, two)))
        .filteredOn(change -> change.file().startsWith("signature"))
        .extracting(Change::change)
        .containsExactly(
            "ConfigMap mirrored-release-signatures: 1 signatures are new or other ones",
            "ConfigMap mirrored-release-signatures: 1 signatures are new or other ones");
  }

  @Test
  void takesWhatCannotBeReadForNotThere() {
    SortedMap<String, String> damaged = new TreeMap<>(Map.of("itms-oc-mirror.yaml", "\0{[:"));

    assertThat(changes(damaged, texts(byTag("quay.io/lab/a", "lab/a"))))
        .extracting(Change::change)
        .containsExactly("new object ImageTagMirrorSet itms-generic-0, 1 source");
  }

  private static List<Change> changes(
      SortedMap<String, String> before, SortedMap<String, String> after) {
    return Changes.between(before, after).stream().map(Change::of).toList();
  }

  private static SortedMap<String, String> texts(Delivered... images) {
    List<ReleaseSignature> signatures =
        Stream.of(images)
            .filter(image -> image.type() == ImageType.RELEASE)
            .map(
                image ->
                    new ReleaseSignature(image.destination(), image.digest().orElseThrow(), "AAAA"))
            .toList();
    Delivery delivery = new Delivery(List.of(images), signatures, Map.of());
    SortedMap<String, String> texts = new TreeMap<>();
    ClusterResources.of(
            delivery,
            Mirrors.of(delivery.images(), false),
            CatalogNames.of(delivery.catalogs(), Map.of()),
            new Stamp(Instant.parse("2026-11-22T12:00:00Z"), "1.0", Optional.empty()))
        .files()
        .forEach(file -> texts.put(file.name(), file.text()));
    return texts;
  }

  private static Delivered byTag(String origin, String repository) {
    return image(false, origin, repository);
  }

  private static Delivered image(boolean byDigest, String origin, String repository) {
    String reference = origin + (byDigest ? "@" + DIGEST : ":1");
    return delivered(ImageType.ADDITIONAL, reference, repository + ":1");
  }

  private static Delivered catalog(String destination) {
    return delivered(ImageType.CATALOG, "registry.redhat.io/redhat/idx:v1", destination);
  }

  private static Delivered release(String version) {
    return new Delivered(
        ImageType.RELEASE,
        "quay.io/openshift-release-dev/ocp-release:" + version,
        "host.example:8443",
        Destination.parse("openshift/release-images:" + version),
        Optional.of(Digest.of(version.getBytes(StandardCharsets.UTF_8))));
  }

  private static Delivered delivered(ImageType type, String origin, String destination) {
    return new Delivered(
        type, origin, "host.example:8443", Destination.parse(destination), Optional.of(DIGEST));
  }
}
