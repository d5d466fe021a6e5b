package landfall.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what {@code ${env:NAME}} and {@code ${file:/path}} stand for into values. */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:(env|file):([^}]+)})?");
  private static final Pattern CREDENTIALS = Pattern.compile("://(?:[^/@:]+|[^/@:]*:[^/@]+)@");
  private static final String EXPECTED = "${env:NAME} or ${file:/path}";

  private final Map<String, String> environment;
  private final Problems problems;

  References(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** The value meant by a text; empty when a reference leads nowhere, which is then a problem. */
  Optional<String> resolve(Written.Text node, String what) {
    Matcher matcher = REFERENCE.matcher(node.text());
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      Optional<String> value = value(matcher, node, what);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value.orElseThrow()));
    }
    return Optional.of(matcher.appendTail(resolved).toString().strip());
  }

  /** Whether a URL has a password or token beside what references stand for. */
  static boolean leavesCredentials(String url) {
    return CREDENTIALS.matcher(REFERENCE.matcher(url).replaceAll("")).find();
  }

  private Optional<String> value(Matcher reference, Written.Text node, String what) {
    String kind = reference.group(1);
    String name = reference.group(2);
    if (kind == null || name == null) {
      problems.add(node.origin(), what, "a '${' that begins no reference", EXPECTED);
      return Optional.empty();
    }
    Optional<String> value =
        kind.equals("env") ? Optional.ofNullable(environment.get(name)) : content(name);
    if (value.isEmpty()) {
      String expected =
          kind.equals("env") ? "that environment variable to be set" : "a file this user can read";
      problems.add(node.origin(), what, Shown.of(reference.group()), expected);
    }
    return value;
  }

  private static Optional<String> content(String path) {
    try {
      return Optional.of(Files.readString(Path.of(path)).strip());
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }
}
