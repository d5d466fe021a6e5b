package landfall.plan.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.open.Opened.Document;
import landfall.plan.MemoryContents;
import landfall.plan.Samples;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Companion;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Names;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.configuration.ImageSetConfiguration;
import landfall.plan.configuration.ImageSetConfigurationParser;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperatorsTest {
  private static final String H = "0123456789abcdef".repeat(4);
  private static final Digest ORIGINAL = Digest.of(new byte[] {1});
  private static final Digest REBUILT = Digest.of(new byte[] {2});
  private static final String INDEX = "reg.io/redhat/idx:v4.18";

  private final MemoryContents contents = new MemoryContents();
  private Target target = Samples.bare();
  private boolean chunked;
  private Optional<Path> templates = Optional.empty();

  /** AF§3.5, the rows of catalogs; D is the target with its prefix. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "catalog: reg.io/redhat/idx:v4.18 | idx | redhat/idx:v4.18 | redhat/idx:KEY | redhat/idx:v4.18",
        "catalog: reg.io/redhat/idx:v4.18, full: true | idx"
            + " | redhat/idx:v4.18 | redhat/idx:v4.18 | redhat/idx:v4.18",
        "catalog: reg.io/redhat/idx@sha256:H | idx"
            + " | redhat/idx:sha256-H | redhat/idx:KEY | redhat/idx:sha256-REBUILT",
        "catalog: reg.io/redhat/idx@sha256:H, full: true | idx"
            + " | redhat/idx:sha256-H | redhat/idx:sha256-H | redhat/idx:sha256-H",
        "catalog: reg.io/redhat/idx:v4.18@sha256:H | idx"
            + " | redhat/idx:v4.18 | redhat/idx:KEY | redhat/idx:v4.18",
        "catalog: reg.io/redhat/idx:v4.18, targetCatalog: my/idx, targetTag: v1 | idx"
            + " | my/idx:v1 | my/idx:KEY | my/idx:v1",
        "catalog: reg.io/redhat/idx@sha256:H, targetTag: v1 | idx"
            + " | redhat/idx:v1 | redhat/idx:KEY | redhat/idx:v1",
        "catalog: reg.io/redhat/idx@sha256:H, targetCatalog: my/idx | idx"
            + " | my/idx:sha256-H | my/idx:KEY | my/idx:sha256-REBUILT",
        "catalog: 'oci:///data/cat' | cat | cat:latest | cat:KEY | cat:latest",
        "catalog: 'oci:///data/cat', full: true, targetCatalog: my/c, targetTag: v9 | cat"
            + " | my/c:v9 | my/c:v9 | my/c:v9",
      })
  void placesACatalog(
      String entry, String component, String original, String source, String destination) {
    String operator = entry.replace("H", ORIGINAL.hex());
    String key = FilterKey.current(operators(operator).get(0), ORIGINAL.hex());
    tag(original.replace("H", ORIGINAL.hex()), ORIGINAL);
    String folder = "working-dir/operator-catalogs/" + component + "/" + ORIGINAL.hex() + "/";
    if (operator.contains("full: true")) {
      contents.file(folder + "catalog-config/configs/a/c.json", bundle("a", "q/b:1"));
    } else {
      filtered(folder, source.replace("KEY", key), bundle("a", "q/b:1"));
    }
    target = Samples.target("ocp", 0);

    Candidate catalog = only(collect(operator), ImageType.CATALOG);

    assertThat(catalog.claim().source())
        .hasToString(source.replace("KEY", key).replace("H", ORIGINAL.hex()));
    assertThat(catalog.destination())
        .hasToString(
            "ocp/" + destination.replace("H", ORIGINAL.hex()).replace("REBUILT", REBUILT.hex()));
  }

  /** AF§3.5, the rows of operator images. */
  @ParameterizedTest
  @CsvSource({
    "reg.io/rhel9/redis-6@sha256:H, rhel9/redis-6:sha256-H",
    "gcr.io/kubebuilder/kube-rbac-proxy:v0.5.0, kubebuilder/kube-rbac-proxy:v0.5.0",
    "gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1@sha256:H, kubebuilder/kube-rbac-proxy:v0.13.1",
    "docker://gcr.io/a/b:1, a/b:1",
  })
  void placesAnOperatorImage(String origin, String place) {
    catalog(INDEX, bundle("a", "q/b:1", origin.replace("H", H)));

    Candidate image = only(collect("catalog: " + INDEX), ImageType.RELATED);

    assertThat(image.claim().origin()).isEqualTo(origin.replace("H", H));
    assertThat(image.claim().source()).hasToString(place.replace("H", H));
    assertThat(image.destination()).hasToString(place.replace("H", H));
  }

  @Test
  void flattensNamesAsTheTargetWants() {
    catalog(INDEX, bundle("a", "q/b:1", "reg.io/x/y/z:1"));
    target = Samples.target("ocp", 2);

    assertThat(collect("catalog: " + INDEX).images())
        .extracting(image -> image.destination().toString())
        .containsExactlyInAnyOrder("ocp/b:1", "ocp/x-y-z:1", "ocp/redhat-idx:v4.18");
  }

  @Test
  void makesEveryImageWaitForWhatItNeeds() {
    catalog(
        INDEX,
        bundle("a", "q/a:1", "q/x:1", "q/y:1")
            + bundle("b", "q/b:1", "q/x:1", "q/a:1")
            + bundle("c", "q/unlisted:1"));

    Candidates candidates = collect("catalog: " + INDEX);

    assertThat(candidates.images())
        .extracting(
            image -> image.claim().type(),
            image -> image.destination().toString(),
            image -> needs(image))
        .containsExactlyInAnyOrder(
            tuple(ImageType.BUNDLE, "a:1", Set.of("x:1", "y:1")),
            tuple(ImageType.BUNDLE, "b:1", Set.of("x:1")),
            tuple(ImageType.BUNDLE, "unlisted:1", Set.of()),
            tuple(ImageType.RELATED, "x:1", Set.of()),
            tuple(ImageType.RELATED, "y:1", Set.of()),
            tuple(
                ImageType.CATALOG,
                "redhat/idx:v4.18",
                Set.of("a:1", "b:1", "x:1", "y:1", "unlisted:1")));
  }

  @Test
  void unitesBundlesOfOneNameInTwoCatalogs() {
    catalog(INDEX, bundle("a", "q/a:1", "q/x:1"));
    catalog("reg.io/com/idx2:v1", bundle("a", "q/a:1", "q/y:1"));
    contents.tag("a", "1", ORIGINAL).tag("x", "1", ORIGINAL).tag("y", "1", ORIGINAL);

    Candidates candidates = collect("catalog: " + INDEX, "catalog: 'reg.io/com/idx2:v1'");

    assertThat(needs(only(candidates, ImageType.BUNDLE))).isEqualTo(Set.of("x:1", "y:1"));
    assertThat(candidates.images())
        .filteredOn(image -> image.claim().type() == ImageType.CATALOG)
        .extracting(OperatorsTest::needs)
        .containsExactly(Set.of("a:1", "x:1"), Set.of("a:1", "y:1"));
  }

  @Test
  void holdsBackOnlyTheCatalogWhoseBundleTheSenderForgot() {
    catalog(INDEX, bundle("a", "q/a:1", "q/lost:1"));
    catalog("reg.io/com/idx2:v1", bundle("a", "q/a:1", "q/y:1") + bundle("b", "q/b:1"));
    contents.tag("a", "1", ORIGINAL).tag("y", "1", ORIGINAL);

    Candidates candidates = collect("catalog: " + INDEX, "catalog: 'reg.io/com/idx2:v1'");

    assertThat(candidates.refused())
        .extracting(RefusedImage::origin, RefusedImage::code)
        .containsExactly(tuple("q/lost:1", Code.BLOB_MISSING));
    assertThat(candidates.images())
        .extracting(image -> image.destination().toString(), OperatorsTest::needs)
        .containsExactlyInAnyOrder(
            tuple("a:1", Set.of("y:1")),
            tuple("y:1", Set.of()),
            tuple("b:1", Set.of()),
            tuple("redhat/idx:v4.18", Set.of("a:1", "lost:1")),
            tuple("com/idx2:v1", Set.of("a:1", "y:1", "b:1")));
  }

  @Test
  void deliversACatalogThatIsNamedTwiceToBothPlaces() {
    String one = "catalog: " + INDEX + ", targetCatalog: one/idx";
    String two = "catalog: " + INDEX + ", targetCatalog: two/idx";
    String key = FilterKey.current(operators(one).get(0), ORIGINAL.hex());
    tag("two/idx:v4.18", ORIGINAL);
    filtered(
        "working-dir/operator-catalogs/idx/" + ORIGINAL.hex() + "/",
        "two/idx:" + key,
        bundle("a", "q/a:1"));

    Candidates candidates = collect(one, two);

    assertThat(candidates.refused()).isEmpty();
    assertThat(candidates.images())
        .filteredOn(image -> image.claim().type() == ImageType.CATALOG)
        .extracting(image -> image.claim().source() + " " + image.destination())
        .containsExactly("two/idx:" + key + " one/idx:v4.18", "two/idx:" + key + " two/idx:v4.18");
  }

  @Test
  void blockedImagesAreNoNeed() {
    catalog(INDEX, bundle("a", "q/a:1", "q/x:1", "q/y:1"));

    Candidates candidates =
        collect(
            "mirror: {operators: [{catalog: 'reg.io/redhat/idx:v4.18'}],"
                + " blockedImages: [{name: q/x}, {name: 127.0.0.1:5555/y}]}");

    assertThat(candidates.refused()).isEmpty();
    assertThat(candidates.images())
        .extracting(image -> image.destination().toString(), OperatorsTest::needs)
        .containsExactly(tuple("a:1", Set.of()), tuple("redhat/idx:v4.18", Set.of("a:1")));
  }

  @Test
  void mirrorsTheInstancesThatAnyCatalogWasNarrowedTo() {
    catalog(INDEX, bundle("a", "q/a:1", "q/x:1"));

    assertThat(
            collect(
                    "catalog: "
                        + INDEX
                        + ", platforms: [{os: linux, architecture: amd64},"
                        + " {os: linux, architecture: arm64}]")
                .images())
        .isNotEmpty()
        .allSatisfy(
            image ->
                assertThat(image.platforms())
                    .containsExactlyInAnyOrder("linux/amd64", "linux/arm64"));
  }

  @Test
  void takesTheOnlyFilteredCatalogThereIsWhenTheFilterWasEdited() {
    catalog(INDEX, bundle("a", "q/a:1"));

    Candidates candidates = collect("catalog: " + INDEX + ", packages: [{name: edited}]");

    assertThat(candidates.images()).hasSize(2);
    assertThat(candidates.warnings()).singleElement().asString().contains("the only filtered");
  }

  @Test
  void refusesACatalogWhoseFilterFitsNone() {
    catalog(INDEX, bundle("a", "q/a:1"));
    filtered(
        "working-dir/operator-catalogs/idx/" + ORIGINAL.hex() + "/",
        "redhat/idx:" + "0".repeat(32),
        bundle("b", "q/b:1"));
    catalog("reg.io/com/idx2:v1", bundle("c", "q/c:1"));

    Candidates candidates =
        collect(
            "catalog: " + INDEX + ", packages: [{name: edited}]", "catalog: 'reg.io/com/idx2:v1'");

    assertThat(candidates.refused())
        .extracting(RefusedImage::type, RefusedImage::origin, RefusedImage::code)
        .containsExactly(tuple(ImageType.CATALOG, INDEX, Code.MANIFEST_INVALID));
    assertThat(candidates.refused().get(0).sentence()).contains("0".repeat(32));
    assertThat(candidates.images()).hasSize(2);
  }

  @Test
  void refusesACatalogThatIsNotWhatItsFolderSays() {
    String key = catalog(INDEX, bundle("a", "q/a:1"));
    contents.tag("redhat/idx", key, ORIGINAL);

    assertThat(collect("catalog: " + INDEX).refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.code()).isEqualTo(Code.MANIFEST_INVALID);
              assertThat(refused.sentence()).contains(REBUILT.hex(), ORIGINAL.hex());
            });
  }

  @Test
  void waitsForTheChunkWithTheCatalogsFolder() {
    tag("redhat/idx:v4.18", ORIGINAL);
    chunked = true;

    assertThatThrownBy(() -> collect("catalog: " + INDEX))
        .isInstanceOfSatisfying(
            Waiting.class, waiting -> assertThat(waiting.code()).isEqualTo(Code.CHUNK_MISSING));
  }

  @Test
  void choosesAmongTheFoldersOfAWorkspaceByDigest() {
    catalog(INDEX, bundle("a", "q/new:1"));
    contents.file(
        "working-dir/operator-catalogs/idx/" + H + "/catalog-config/c.json",
        bundle("a", "q/old:1"));
    contents.file(
        "working-dir/operator-catalogs/idx/" + ORIGINAL.hex() + "/catalog-config/c.json",
        bundle("a", "q/full:1"));

    assertThat(only(collect("catalog: " + INDEX + ", full: true"), ImageType.BUNDLE).destination())
        .hasToString("full:1");
    assertThat(only(collect("catalog: " + INDEX), ImageType.BUNDLE).destination())
        .hasToString("new:1");
  }

  @Test
  void refusesAHostileCatalogAndNothingElse() {
    catalog(INDEX, "{\"schema\":\"olm.bundle\",\"relatedImages\":[{\"image\":");
    catalog("reg.io/com/idx2:v1", bundle("c", "q/c:1"));

    Candidates candidates = collect("catalog: " + INDEX, "catalog: 'reg.io/com/idx2:v1'");

    assertThat(candidates.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.code()).isEqualTo(Code.MANIFEST_INVALID);
              assertThat(refused.destination()).isPresent();
              assertThat(refused.sentence()).contains("catalog.json:1");
            });
    assertThat(candidates.images()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "q/UPPER:1",
    "q/none",
    "'oci:///x'",
    "'a b:1'",
    "q/x@sha256:12",
    "q/x:1:::",
    "'docker://a://b'"
  })
  void refusesOneImageWithWhatDependsOnIt(String malformed) {
    catalog(INDEX, bundle("a", "q/a:1", malformed, "q/x:1") + bundle("b", "q/b:1", "q/x:1"));
    catalog("reg.io/com/idx2:v1", bundle("b", "q/b:1", "q/x:1"));

    Candidates candidates = collect("catalog: " + INDEX, "catalog: 'reg.io/com/idx2:v1'");

    assertThat(candidates.refused())
        .extracting(RefusedImage::type, RefusedImage::origin, RefusedImage::code)
        .containsExactlyInAnyOrder(
            tuple(ImageType.RELATED, malformed, Code.REF_INVALID),
            tuple(ImageType.BUNDLE, "q/a:1", Code.DEPENDENCY_FAILED),
            tuple(ImageType.CATALOG, INDEX, Code.DEPENDENCY_FAILED));
    assertThat(candidates.images())
        .extracting(image -> image.destination().toString())
        .containsExactlyInAnyOrder("b:1", "x:1", "com/idx2:v1");
  }

  @ParameterizedTest
  @CsvSource({"reg.io/redhat/idx", "reg.io/UPPER/idx:v1", "'oci:///data/'"})
  void refusesACatalogThatIsNoReference(String catalog) {
    assertThat(collect("catalog: '" + catalog + "'").refused())
        .extracting(RefusedImage::type, RefusedImage::code)
        .containsExactly(tuple(ImageType.CATALOG, Code.REF_INVALID));
  }

  @Test
  void takesTemplatesFromTheSitesFolderOnly(@TempDir Path folder) throws IOException {
    Path foreign = Files.writeString(folder.resolve("cs.yaml"), "foreign");
    Path ours = Files.createDirectory(folder.resolve("ours"));
    Files.writeString(ours.resolve("cs.yaml"), "kind: CatalogSource");
    catalog(INDEX, bundle("a", "q/a:1"));
    String entry = "catalog: " + INDEX + ", targetCatalogSourceTemplate: " + foreign;

    assertThat(templates(collect(entry))).isEmpty();
    assertThat(collect(entry).warnings())
        .singleElement()
        .asString()
        .contains("publish.catalogSourceTemplates", "cs.yaml");
    templates = Optional.of(ours);
    assertThat(collect(entry).warnings()).isEmpty();
    assertThat(templates(collect(entry)))
        .extracting(Companion::kind, Companion::name, Companion::content, Companion::image)
        .containsExactly(
            tuple(
                Companion.Kind.CATALOG_SOURCE_TEMPLATE,
                "cs.yaml",
                "kind: CatalogSource",
                only(collect(entry), ImageType.CATALOG).destination()));
  }

  private static List<Companion> templates(Candidates candidates) {
    return candidates.companions().stream()
        .filter(companion -> companion.kind() == Companion.Kind.CATALOG_SOURCE_TEMPLATE)
        .toList();
  }

  @Test
  void tellsThePackagesOfACatalogAndTheirVersions() {
    catalog(INDEX, "{\"schema\":\"olm.bundle\",\"name\":\"a.v1.2.0\",\"package\":\"a\"}");
    Candidates candidates = collect("catalog: " + INDEX);

    assertThat(candidates.companions())
        .extracting(Companion::kind, Companion::name, Companion::content, Companion::image)
        .containsExactly(
            tuple(
                Companion.Kind.CATALOG_VERSIONS,
                INDEX,
                "a 1.2.0\n",
                only(candidates, ImageType.CATALOG).destination()));
  }

  @Test
  void takesTheTemplateOfTheFirstEntryWhoseCatalogStandsInTheOrigin(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("one.yaml"), "1");
    Files.writeString(folder.resolve("two.yaml"), "2");
    templates = Optional.of(folder);
    String first = "catalog: " + INDEX + ", targetCatalogSourceTemplate: /x/one.yaml";
    catalog(INDEX, bundle("a", "q/a:1"));
    catalog(INDEX + "-9", bundle("a", "q/a:1"));

    assertThat(
            templates(
                collect(
                    first, "catalog: " + INDEX + "-9, targetCatalogSourceTemplate: /x/two.yaml")))
        .extracting(Companion::content)
        .containsExactly("1", "1");
  }

  @ParameterizedTest
  @CsvSource({
    "/, names no file",
    "/x/.., names no file",
    "/x/large, has more than 65536",
    "gone, put it at"
  })
  void saysWhatIsWrongWithATemplate(String path, String warning, @TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("large"), "x".repeat(65_537));
    templates = Optional.of(folder);
    catalog(INDEX, bundle("a", "q/a:1"));

    Candidates candidates =
        collect("catalog: " + INDEX + ", targetCatalogSourceTemplate: '" + path + "'");

    assertThat(templates(candidates)).isEmpty();
    assertThat(candidates.warnings()).singleElement().asString().contains(warning);
  }

  /** Puts a catalog without any packages named into the archive; gives its key. */
  private String catalog(String reference, String fbc) {
    String key =
        FilterKey.current(operators("catalog: '" + reference + "'").get(0), ORIGINAL.hex());
    String below = reference.substring(reference.indexOf('/') + 1);
    String path = below.substring(0, below.lastIndexOf(':'));
    tag(below, ORIGINAL);
    String component = path.substring(path.lastIndexOf('/') + 1);
    filtered(
        "working-dir/operator-catalogs/" + component + "/" + ORIGINAL.hex() + "/",
        path + ":" + key,
        fbc);
    return key;
  }

  private void filtered(String folder, String source, String fbc) {
    String key = source.substring(source.lastIndexOf(':') + 1);
    tag(source, REBUILT);
    contents.file(folder + "filtered-catalogs/" + key + "/digest", REBUILT.hex());
    contents.file(folder + "filtered-catalogs/" + key + "/catalog-config/a/catalog.json", fbc);
  }

  private void tag(String reference, Digest digest) {
    int colon = reference.lastIndexOf(':');
    contents.tag(reference.substring(0, colon), reference.substring(colon + 1), digest);
  }

  private static String bundle(String name, String image, String... related) {
    StringBuilder json = new StringBuilder("{\"image\":\"" + image + "\"}");
    for (String one : related) {
      json.append(",{\"image\":\"").append(one).append("\"}");
    }
    return "{\"schema\":\"olm.bundle\",\"name\":\""
        + name
        + "\",\"image\":\""
        + image
        + "\",\"relatedImages\":["
        + json
        + "]}";
  }

  private static Set<String> needs(Candidate image) {
    return image.needs().stream().map(Object::toString).collect(Collectors.toSet());
  }

  private static Candidate only(Candidates candidates, ImageType type) {
    List<Candidate> found =
        candidates.images().stream().filter(image -> image.claim().type() == type).toList();
    assertThat(found).as("%s of %s", type, candidates).hasSize(1);
    return found.get(0);
  }

  private Candidates collect(String... operators) {
    Document document = document(operators);
    ImageSetConfiguration configuration = new ImageSetConfigurationParser().parse(document);
    return Operators.collect(
        Order.of(
            Samples.opened(contents, Optional.of(document), Set.of(), chunked),
            configuration,
            new Names(target)),
        templates);
  }

  private static List<ImageSetConfiguration.Operator> operators(String... operators) {
    return new ImageSetConfigurationParser().parse(document(operators)).operators();
  }

  private static Document document(String... operators) {
    String mirror =
        operators[0].startsWith("mirror:")
            ? operators[0]
            : "mirror: {operators: [{" + String.join("}, {", operators) + "}]}";
    return new Document("isc_test", "{kind: ImageSetConfiguration, " + mirror + "}");
  }
}
