package landfall.plan.operator;

import static org.assertj.core.api.Assertions.assertThat;

import landfall.open.Opened.Document;
import landfall.plan.configuration.ImageSetConfiguration.Operator;
import landfall.plan.configuration.ImageSetConfigurationParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that oc-mirror's own tests state, and keys that oc-mirror 5.1 and 4.18 really gave. */
final class FilterKeyTest {
  private static final String RED_HAT =
      "b5efc2b3daf2b3f919ddf76e3131e8413c0d935d767300d32720c059d12d7410";
  private static final String COMMUNITY =
      "991df84ca7cc6273f9e4e574cf867ae7eb1034ae65692bfb091782913ab2981c";
  private static final String TESTS =
      "f30638f60452062aba36a26ee6c036feead2f03b28f2c47f2b0a991e41baebea";
  private static final String OCI =
      "fb72301d1196621ea4147e4ac37b084e06cc3513db5c1792f9e55452c0b2b426";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // from oc-mirror's tests
        "community-operators:v4.7 | TESTS | ac8e314872a499f2c6edb0616489c628",
        "certified-operators:v4.7, full: true, packages: [{name: couchbase-operator}, {name:"
            + " mongodb-operator, minVersion: 1.4.0}, {name: crunchy-postgresql-operator, channels:"
            + " [{name: stable}]}] | TESTS | 70eb0b2116707316c6130de415ceeb69",
        // folders that oc-mirror 5.1 made
        "RED:v4.18 | RED_HAT | 4c67224815193fa9ca5ee65e0fe473be",
        "COM:v4.18 | COMMUNITY | 76fbf6853816875b6de006882a3b4aa1",
        "COM:v4.18, targetCatalog: own/community | COMMUNITY | 76fbf6853816875b6de006882a3b4aa1",
        "RED:v4.18, packages: [{name: local-storage-operator}]"
            + " | RED_HAT | b590b51fb571d3ec6a16786bdbdae743",
        "RED:v4.18, targetTag: site-7, packages: [{name: serverless-operator}]"
            + " | RED_HAT | d4409e704cbf728e58889ad28fe6d301",
        "RED@sha256:b5efc2b3daf2b3f919ddf76e3131e8413c0d935d767300d32720c059d12d7410,"
            + " packages: [{name: openshift-cert-manager-operator}]"
            + " | RED_HAT | e1c331a7bc2cb2cadf607f88cc8a7df0",
        "RED:v4.18, packages: [{name: serverless-operator, minVersion: 1.33.0, maxVersion: 1.34.0},"
            + " {name: openshift-cert-manager-operator, defaultChannel: stable-v1.15, channels:"
            + " [{name: stable-v1.15, minVersion: 1.15.0, maxVersion: 1.15.0}]}]"
            + " | RED_HAT | b6b54d72e703602775205ae3e8ec6202",
        "COM:v4.18, full: true, packages: [{name: argocd-operator}]"
            + " | COMMUNITY | e011df6a3818f31639c08d6ea557e5fd",
        "RED:v4.18, platforms: [{os: linux, architecture: amd64}],"
            + " packages: [{name: openshift-cert-manager-operator}]"
            + " | RED_HAT | f774957f7fa52ad324a508eef0bde408",
        "'oci:///tmp/landfall-oci/redhat-cat', packages: [{name: local-storage-operator}]"
            + " | OCI | 5113e7a8b2fd66a4aa43b4aa857846ad",
      })
  void givesTheNameOfTheFolderThatOcMirrorMakes(String entry, String digest, String key) {
    Operator operator = operator(entry);

    assertThat(FilterKey.current(operator, digest(digest))).isEqualTo(key);
    assertThat(FilterKey.candidates(Catalog.of(operator), digest(digest)).get(0)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COM:v4.18, packages: [{name: argocd-operator}] | a8f7ddbb9d1bf9597d0bef5e8736c2cd",
        "RED:v4.18, packages: [{name: serverless-operator, channels: [{name: stable, minVersion:"
            + " 1.34.0, maxVersion: 1.35.0}]}, {name: local-storage-operator}]"
            + " | b5d439d758c2e71ad31c56436d797b82",
      })
  void givesTheNameThatOcMirror418Made(String entry, String key) {
    Operator operator = operator(entry);

    assertThat(FilterKey.legacy(operator)).isEqualTo(key);
    assertThat(FilterKey.candidates(Catalog.of(operator), RED_HAT).get(1)).isEqualTo(key);
  }

  @Test
  void tellsAnEmptyListOfPackagesFromNone() {
    Operator operator = operator("COM:v4.18, packages: []");

    assertThat(FilterKey.candidates(Catalog.of(operator), COMMUNITY))
        .doesNotHaveDuplicates()
        .hasSize(4);
  }

  @Test
  void escapesAsGoDoes() {
    Operator odd = operator("COM:v4.18, packages: [{name: \"a<b>&\\\"\\\\\\u2028\\té\"}]");

    // the MD5 of the JSON that Go writes, each odd character as backslash, u and four digits
    // md5sum
    assertThat(FilterKey.legacy(odd)).isEqualTo("56f92039a80f8eafb9c7b3e467baf38e");
  }

  private static String digest(String name) {
    return switch (name) {
      case "RED_HAT" -> RED_HAT;
      case "COMMUNITY" -> COMMUNITY;
      case "OCI" -> OCI;
      default -> TESTS;
    };
  }

  private static Operator operator(String entry) {
    String text =
        "{kind: ImageSetConfiguration, mirror: {operators: [{catalog: "
            + entry
                .replace("RED", "registry.redhat.io/redhat/redhat-operator-index")
                .replace("COM", "registry.redhat.io/redhat/community-operator-index")
            + "}]}}";
    return new ImageSetConfigurationParser()
        .parse(new Document("isc_test", text))
        .operators()
        .get(0);
  }
}
