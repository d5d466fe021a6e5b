package landfall.publish.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import landfall.plan.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything oc-mirror wrote for the samples, compared by value. */
final class GoldenResourcesTest {
  private static final Stamp STAMP =
      new Stamp(Instant.parse("2026-11-22T12:00:00Z"), "1.0", Optional.of("v5.1.0-855b64a"));

  @ParameterizedTest
  @CsvSource({
    "release, golden-bare, false",
    "release, golden-prefix, false",
    "operators, golden-bare, false",
    "operators, golden-prefix, false",
    "combined, golden-prefix, false",
    "combined, golden-nested2-bare, true",
    "combined, golden-nested2-prefix, true",
    "differential/run1, golden-bare, false",
    "differential/run1, golden-prefix, false",
    "legacy-4.18, golden-bare, false",
    "legacy-4.18, golden-prefix, false"
  })
  void writesWhatOcMirrorWrites(String sample, String golden, boolean nested) {
    Delivery delivery = Invented.delivery(sample, golden);

    Resources resources =
        ClusterResources.of(
            delivery,
            Mirrors.of(delivery.images(), nested),
            CatalogNames.of(delivery.catalogs(), Map.of()),
            STAMP);

    assertThat(resources.warnings()).isEmpty();
    Map<String, Object> ours = new TreeMap<>();
    resources.files().forEach(file -> ours.put(file.name(), meaning(file.text())));
    assertThat(ours).isEqualTo(golden(sample + "/" + golden));
    for (ResourceFile file : resources.files()) {
      String theirs = Samples.text(sample + "/" + golden + "/cluster-resources/" + file.name());
      assertThat(layout(file.text())).as(file.name()).isEqualTo(layout(theirs));
    }
  }

  /** oc-mirror forgets to flatten these two (D2). */
  private static String repaired(String text) {
    return text.replace(
            "graphDataImage: 127.0.0.1:5555/mirror/site/openshift/",
            "graphDataImage: 127.0.0.1:5555/mirror/site-openshift-")
        .replace(
            "releases: 127.0.0.1:5555/mirror/site/openshift/",
            "releases: 127.0.0.1:5555/mirror/site-openshift-");
  }

  private static Map<String, Object> golden(String golden) {
    Map<String, Object> files = new TreeMap<>();
    for (String name : names(golden)) {
      String text = Samples.text(golden + "/cluster-resources/" + name);
      files.put(name, meaning(golden.contains("nested2-prefix") ? repaired(text) : text));
    }
    return files;
  }

  private static List<String> names(String golden) {
    Path folder = Path.of("src/test/resources/samples", golden, "cluster-resources");
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Documents by kind and name; mirrors by source; signatures without oc-mirror's numbers. */
  private static Map<String, Object> meaning(String text) {
    Map<String, Object> documents = new HashMap<>();
    for (Object document : Stamp.removed(YamlText.read(text).orElseThrow())) {
      Map<?, ?> map = (Map<?, ?>) document;
      Object name = map(map.get("metadata")).get("name");
      Object before = documents.put(map.get("kind") + " " + name, normal(map));
      assertThat(before).isNull();
    }
    return documents;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static List<?> list(@Nullable Object value) {
    return (List<?>) Objects.requireNonNull(value);
  }

  private static Object normal(Object value) {
    if (value instanceof List<?> list) {
      Map<String, Object> bySource = new TreeMap<>();
      for (Object entry : list) {
        Map<?, ?> pair = (Map<?, ?>) entry;
        List<String> mirrors = new ArrayList<>();
        list(pair.get("mirrors")).forEach(one -> mirrors.add(String.valueOf(one)));
        Object before = bySource.put(String.valueOf(pair.get("source")), new TreeSet<>(mirrors));
        assertThat(before).as("%s stands twice", pair.get("source")).isNull();
      }
      return bySource;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = new TreeMap<>();
      map.forEach(
          (key, one) ->
              entries.put(
                  String.valueOf(key).replaceFirst("^(sha256-[0-9a-f]{64})-[0-9]+$", "$1"),
                  normal(one)));
      return entries;
    }
    return value;
  }

  /** The keys in the order they are written; what is sorted otherwise by oc-mirror left out. */
  private static List<String> keys(String text) {
    return text.lines()
        .map(line -> line.replaceAll(":.*", ""))
        .filter(line -> !line.matches("\\s*- .*|\\s+source|\\s+sha256-.*"))
        .toList();
  }

  /** For single documents: the order of keys, and whether something stands before or behind. */
  private static String layout(String text) {
    boolean stream = text.startsWith("---");
    String keys =
        stream ? "---" : text.startsWith("{") ? jsonKeys(text) : String.join("\n", keys(text));
    return keys + (text.endsWith("\n") ? "\nend" : "");
  }

  private static String jsonKeys(String text) {
    return text.replaceAll("\"[^\"]*\"(?=[,}])", "").replaceAll("sha256-[0-9a-f]{64}-[0-9]+", "");
  }
}
