package landfall.plan.helm;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for names of repositories in the text of a chart: the last resort where it does not render
 * (AF§10).
 */
final class ChartText {
  private static final int MOST = 2000;
  private static final String HOST =
      "[a-z0-9][a-z0-9-]*+(?:\\.[a-z0-9][a-z0-9-]*+)*+(?::[0-9]{1,5})?";
  private static final String PATH = "[a-z0-9][a-z0-9._-]*+(?:/[a-z0-9][a-z0-9._-]*+)*+";
  private static final Pattern NAME =
      Pattern.compile("(?<![A-Za-z0-9._/@:-])(" + HOST + ")/(" + PATH + ")");
  private static final Pattern APART =
      Pattern.compile(
          "registry:[ \\t]{0,8}[\"']?("
              + HOST
              + ")[\"']?\\s{1,80}"
              + "(?:repository|image|name):[ \\t]{0,8}[\"']?("
              + PATH
              + ")");

  private final Set<String> repositories = new LinkedHashSet<>();

  void read(String path, byte[] content) {
    if (path.endsWith("values.yaml") || path.matches("(?:charts/[^/]+/)*templates/.+")) {
      String text = new String(content, StandardCharsets.UTF_8);
      take(NAME, text);
      take(APART, text);
    }
  }

  Set<String> repositories() {
    return Set.copyOf(repositories);
  }

  private void take(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find() && repositories.size() < MOST) {
      String host = matcher.group(1);
      if (host.contains(".") || host.contains(":")) {
        repositories.add(host + "/" + matcher.group(2));
      }
    }
  }
}
