package landfall.plan.helm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.plan.configuration.ImageSetConfiguration.Chart;
import landfall.plan.configuration.ImageSetConfiguration.HelmRepository;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The charts of a repository that is mirrored whole, as its index lists them (AF§3.4). */
final class ChartIndex {
  private static final int LARGEST = 16 << 20;
  private static final int MOST = 20_000;

  /** SnakeYAML's time grows with the square of a token's length. */
  private static final int LINE = 256 * 1024;

  private ChartIndex() {}

  /**
   * Every version of every chart that is no library.
   *
   * @throws Rejected when the index is absent, damaged or hostile
   */
  static List<Chart> charts(HelmRepository repository, Contents contents) {
    String entry = entry(repository.url());
    Extent extent = contents.entry(entry).orElseThrow(() -> absent(repository.name(), entry));
    String text = new String(contents.read(extent, LARGEST), StandardCharsets.UTF_8);
    if (text.lines().anyMatch(line -> line.length() > LINE)) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED, entry + " has a line of more than " + LINE + " characters");
    }
    List<Chart> charts = new ArrayList<>();
    entries(entry, text)
        .forEach((name, versions) -> charts.addAll(versions(String.valueOf(name), versions)));
    if (charts.size() > MOST) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          entry + " lists " + charts.size() + " charts, at most " + MOST + " are read");
    }
    return charts;
  }

  private static Rejected absent(String repository, String entry) {
    return new Rejected(
        Code.MANIFEST_INVALID,
        "helm repository "
            + repository
            + " names no charts, and its index "
            + entry
            + " is not in the archive");
  }

  /** Where oc-mirror keeps it: under the URL without its scheme and what follows the last slash. */
  private static String entry(String url) {
    String[] parts = url.split("/", -1);
    String place =
        parts.length < 4 ? "" : String.join("/", List.of(parts).subList(2, parts.length - 1));
    return "working-dir/helm/indexes/" + (place.isEmpty() ? "" : place + "/") + "index.yaml";
  }

  private static Map<?, ?> entries(String entry, String text) {
    try {
      Object root = Manifests.yaml().load(text);
      if (root instanceof Map<?, ?> index && index.get("entries") instanceof Map<?, ?> entries) {
        return entries;
      }
      throw new Rejected(
          Code.MANIFEST_INVALID, entry + ", line 1: found no 'entries', expected a helm index");
    } catch (MarkedYAMLException malformed) {
      int line = Optional.ofNullable(malformed.getProblemMark()).map(m -> m.getLine()).orElse(0);
      throw new Rejected(
          Code.MANIFEST_INVALID,
          entry + ", line " + (line + 1) + ": this is no YAML: " + malformed.getProblem(),
          malformed);
    } catch (YAMLException | StackOverflowError limit) {
      throw new Rejected(Code.LIMIT_EXCEEDED, entry + ": " + limit.getMessage(), limit);
    }
  }

  private static List<Chart> versions(String name, Object versions) {
    List<Chart> charts = new ArrayList<>();
    if (versions instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof Map<?, ?> version && !"library".equals(version.get("type"))) {
          charts.add(
              new Chart(
                  name,
                  Optional.ofNullable(version.get("version")).map(String::valueOf),
                  Optional.empty(),
                  List.of(),
                  List.of()));
        }
      }
    }
    return charts;
  }
}
