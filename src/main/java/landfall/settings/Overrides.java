package landfall.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Environment variables such as {@code LANDFALL_TARGETS_0_REGISTRY} and system properties such as
 * {@code -Dlandfall.drop.settle} that win over the file, properties over variables.
 *
 * <p>Case does not count, and the words of a key may be parted: {@code TAG_CONFLICT} and {@code
 * TAGCONFLICT} both name {@code tagConflict}.
 */
final class Overrides {
  private static final String VARIABLE = "LANDFALL_";
  private static final String PROPERTY = "landfall.";
  private static final Set<String> OTHERS =
      Set.of(
          "LANDFALL_OPTS",
          "LANDFALL_HOME",
          "LANDFALL_CONFIG",
          "landfall.crash",
          "landfall.crash.list",
          "landfall.home",
          "landfall.log",
          "landfall.terminals");

  /** Kubernetes puts these into every pod beside a service named landfall. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("LANDFALL_(SERVICE_(HOST|PORT.*)|PORT(_\\d+_(TCP|UDP).*)?)");

  private static final Pattern INDEX = Pattern.compile("\\d+");

  private final Problems problems;

  Overrides(Problems problems) {
    this.problems = problems;
  }

  Written.Group apply(Written.Group file, Map<String, String> environment, Properties system) {
    return apply(apply(file, variables(environment)), properties(system));
  }

  private Written.Group apply(Written.Group file, List<Replacement> overrides) {
    Written.Group changed = file;
    for (Replacement replacement : overrides) {
      changed = replacement.in(changed, problems);
    }
    return changed;
  }

  private List<Replacement> variables(Map<String, String> environment) {
    List<Replacement> found = new ArrayList<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(VARIABLE) && !SERVICE_LINK.matcher(name).matches()) {
        String words = name.substring(VARIABLE.length());
        add(found, name, List.of(words.split("_")), variable.getValue());
      }
    }
    found.sort(Replacement.BY_PATH);
    return found;
  }

  private List<Replacement> properties(Properties system) {
    List<Replacement> found = new ArrayList<>();
    for (String name : system.stringPropertyNames()) {
      if (name.startsWith(PROPERTY)) {
        String words = name.substring(PROPERTY.length()).replace("]", "").replace('[', '.');
        add(found, name, List.of(words.split("\\.")), system.getProperty(name));
      }
    }
    found.sort(Replacement.BY_PATH);
    return found;
  }

  private void add(List<Replacement> found, String name, List<String> words, String value) {
    if (OTHERS.contains(name)) {
      return;
    }
    Origin origin = Origin.of(name.startsWith(PROPERTY) ? "-D" + name : name);
    path(Key.ALL, words)
        .ifPresentOrElse(
            path -> found.add(new Replacement(path, new Written.Text(origin, value))),
            () -> unknown(origin));
  }

  /** The keys that words name one after the other; empty when they name no value. */
  private static Optional<List<String>> path(Key key, List<String> words) {
    if (words.isEmpty()) {
      return key.members().isEmpty() ? Optional.of(List.of()) : Optional.empty();
    }
    if (key.shape() == Key.Shape.LIST || key.shape() == Key.Shape.VALUES) {
      return Replacement.isIndex(words.get(0))
          ? path(key.item(), tail(words, 1)).map(rest -> joined(words.get(0), rest))
          : Optional.empty();
    }
    for (int count = 1; count <= words.size(); count++) {
      Optional<Key> member = key.memberIgnoringCase(String.join("", words.subList(0, count)));
      if (member.isPresent()) {
        String name = member.orElseThrow().name();
        return path(member.orElseThrow(), tail(words, count)).map(rest -> joined(name, rest));
      }
    }
    return Optional.empty();
  }

  private static List<String> tail(List<String> words, int from) {
    return words.subList(from, words.size());
  }

  private static List<String> joined(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  private void unknown(Origin origin) {
    boolean property = origin.name().startsWith("-D");
    String prefix = property ? "-D" + PROPERTY : VARIABLE;
    String name = origin.name().substring(prefix.length());
    Matcher index = INDEX.matcher(name);
    String same = index.find() ? index.group() : "0";
    List<String> known =
        Key.ALL
            .paths()
            .map(path -> path.replace(".0", "." + same))
            .map(path -> property ? path : Key.environmentName(path))
            .toList();
    String meant =
        Nearest.to(name, known).map(near -> ", did you mean " + prefix + near + "?").orElse("");
    problems.add(origin, "override", "names no setting" + meant);
  }
}
