package landfall.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One group of settings, read key by key into types. A value that does not fit is a problem, and
 * reading goes on as if it were not there.
 */
final class Section {
  private static final String FILE = "a file that exists and that this user can read";

  private final String prefix;
  private final Written.Group group;
  private final Problems problems;
  private final References references;

  Section(String prefix, Written.Group group, Problems problems, References references) {
    this.prefix = prefix;
    this.group = group;
    this.problems = problems;
    this.references = references;
  }

  Section group(String key) {
    Written.Group below =
        group.members().get(key) instanceof Written.Group found
            ? found
            : new Written.Group(group.origin(), Map.of());
    return new Section(prefix + key + ".", below, problems, references);
  }

  List<Section> list(String key) {
    List<Section> sections = new ArrayList<>();
    if (group.members().get(key) instanceof Written.Items list) {
      for (int index = 0; index < list.items().size(); index++) {
        if (list.items().get(index) instanceof Written.Group item) {
          String path = prefix + key + "[" + index + "].";
          sections.add(new Section(path, item, problems, references));
        }
      }
    }
    return sections;
  }

  <T> Optional<T> value(String key, String expected, Function<String, T> parse) {
    return text(key).flatMap(text -> parsed(text, key, expected, parse));
  }

  <T> Optional<T> mandatory(String key, String expected, Function<String, T> parse) {
    Written standing = group.members().get(key);
    if (standing == null || standing.blank()) {
      Origin origin = standing == null ? group.origin() : standing.origin();
      problems.add(origin, prefix + key, "nothing", expected);
    }
    return value(key, expected, parse);
  }

  boolean flag(String key, boolean standard) {
    return value(key, "true or false", Section::toFlag).orElse(standard);
  }

  /** One of the constants of an enumeration, written in lower case. */
  <E extends Enum<E>> E word(String key, E standard) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E each : standard.getDeclaringClass().getEnumConstants()) {
      words.put(each.name().toLowerCase(Locale.ROOT), each);
    }
    String all = String.join(", ", words.keySet());
    int last = all.lastIndexOf(", ");
    String expected = all.substring(0, last) + " or " + all.substring(last + 2);
    return value(key, expected, text -> known(words, text)).orElse(standard);
  }

  private static <E> E known(Map<String, E> words, String text) {
    E found = words.get(text);
    if (found == null) {
      throw new IllegalArgumentException("no such word");
    }
    return found;
  }

  long number(String key, long standard, long most) {
    String expected = "a whole number from 0 to " + most;
    return value(key, expected, text -> toNumber(text, most)).orElse(standard);
  }

  Optional<Path> path(String key) {
    return value(key, "a path", Section::toPath);
  }

  Optional<Path> folder(String key) {
    return value(key, "a folder that exists and that this user can read", Section::toFolder);
  }

  Optional<Path> file(String key) {
    return value(key, FILE, Section::toFile);
  }

  /** Files named by one value or by a list of values. */
  List<Path> files(String key) {
    return values(key, FILE, Section::toFile);
  }

  /** One value or a list of values. */
  <T> List<T> values(String key, String expected, Function<String, T> parse) {
    List<T> values = new ArrayList<>(value(key, expected, parse).stream().toList());
    if (group.members().get(key) instanceof Written.Items list) {
      for (int index = 0; index < list.items().size(); index++) {
        if (list.items().get(index) instanceof Written.Text text && !text.blank()) {
          parsed(text, key + "[" + index + "]", expected, parse).ifPresent(values::add);
        }
      }
    }
    return values;
  }

  /** A value no problem ever shows; credentials in a URL must not stand in the open. */
  Optional<Secret> secret(String key, String expected, Predicate<String> fits) {
    Optional<Written.Text> text = text(key);
    if (text.filter(open -> References.leavesCredentials(open.text())).isPresent()) {
      problem(key, "credentials in a URL", "${env:NAME} or ${file:/path} in their place");
      return Optional.empty();
    }
    Optional<String> resolved = text.flatMap(open -> references.resolve(open, prefix + key));
    if (resolved.isPresent() && resolved.filter(fits).isEmpty()) {
      problem(key, "a value that is not shown", expected);
    }
    return resolved.filter(fits).map(Secret::new);
  }

  /** A key that a later version gives a meaning: only what holds today anyway is accepted. */
  void fixed(String key, String today) {
    Written standing = group.members().get(key);
    if (standing == null || standing.blank() || says(standing, today)) {
      return;
    }
    String found =
        standing instanceof Written.Text && !today.isEmpty() ? standing.shown() : "a value";
    String only = today.isEmpty() ? "leaving it empty" : "'" + today + "'";
    problems.add(
        standing.origin(),
        prefix + key,
        "not supported by this version: " + found + ", only " + only + " is");
  }

  /** Adds a problem of a value that is well-formed but does not go with the others. */
  void problem(String key, String found, String expected) {
    Written standing = group.members().get(key);
    Origin origin = standing == null ? group.origin() : standing.origin();
    problems.add(origin, prefix + key, found, expected);
  }

  /** What problems call this group. */
  String name() {
    return prefix.substring(0, prefix.length() - 1);
  }

  boolean has(String key) {
    return text(key).isPresent();
  }

  private Optional<Written.Text> text(String key) {
    return group.members().get(key) instanceof Written.Text text && !text.blank()
        ? Optional.of(text)
        : Optional.empty();
  }

  private static boolean says(Written standing, String today) {
    return standing instanceof Written.Text text && text.text().equals(today);
  }

  private <T> Optional<T> parsed(
      Written.Text text, String key, String expected, Function<String, T> parse) {
    Optional<String> resolved = references.resolve(text, prefix + key);
    try {
      return resolved.map(parse);
    } catch (IllegalArgumentException unfit) {
      // The text as written: what a reference stands for may be secret.
      problems.add(text.origin(), prefix + key, text.shown(), expected);
      return Optional.empty();
    }
  }

  private static Boolean toFlag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return text.equals("true");
  }

  private static Long toNumber(String text, long most) {
    long number = Long.parseLong(text);
    if (number < 0 || number > most) {
      throw new IllegalArgumentException("out of range");
    }
    return number;
  }

  static Path toPath(String text) {
    return Path.of(text).toAbsolutePath().normalize();
  }

  private static Path toFolder(String text) {
    Path folder = toPath(text);
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      throw new IllegalArgumentException("no folder that can be read");
    }
    return folder;
  }

  private static Path toFile(String text) {
    Path file = toPath(text);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException("no file that can be read");
    }
    return file;
  }
}
