package landfall.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.image.RepositoryName;
import landfall.target.HostPort;
import landfall.target.Target;

/** A target as it is written on a command line: {@code [NAME=]docker://HOST[:PORT][/PREFIX]}. */
public final class TargetArgument {
  /** How many images at a time where no configuration says so: 4 to begin with, at most 16. */
  public static final Target.Limits STANDARD_LIMITS = TargetReader.STANDARD;

  private static final String EXPECTED =
      "expected [NAME=]docker://HOST[:PORT][/PREFIX], such as"
          + " docker://registry.site-a.example:8443/mirror/ocp";
  private static final Pattern SHAPE =
      Pattern.compile("(?:([^=/]*)=)?docker://([^/]*)(?:/(.*?)/?)?");

  private TargetArgument() {}

  /**
   * Reads the argument of {@code --to}. Without a NAME the target is called after its address.
   *
   * @throws IllegalArgumentException with a sentence that tells how it is written
   */
  public static Target parse(
      String text, Target.Security security, int maxNestedPaths, Target.Limits limits) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("--to: found " + Shown.of(text) + ", " + EXPECTED);
    }
    String registry = registry(matcher.group(2), text);
    Optional<RepositoryName> prefix =
        Optional.ofNullable(matcher.group(3))
            .filter(path -> !path.isEmpty())
            .map(path -> prefix(path, text));
    String name =
        Optional.ofNullable(matcher.group(1))
            .map(given -> name(given, text))
            .orElseGet(() -> standardName(registry, prefix));
    return new Target(name, registry, prefix, security, maxNestedPaths, limits);
  }

  private static String registry(String host, String text) {
    if (host.contains("@")) {
      throw unfit(text, "credentials", "them in an auth file (--authfile FILE)");
    }
    try {
      return HostPort.checked(host);
    } catch (IllegalArgumentException refused) {
      throw unfit(text, "the registry " + Shown.of(host), "HOST[:PORT] after docker://");
    }
  }

  private static RepositoryName prefix(String path, String text) {
    try {
      return new RepositoryName(path);
    } catch (IllegalArgumentException refused) {
      throw unfit(text, "the prefix " + Shown.of(path), "a path in lower case without tag");
    }
  }

  private static String name(String given, String text) {
    try {
      return TargetReader.name(given);
    } catch (IllegalArgumentException refused) {
      throw unfit(text, "the name " + Shown.of(given), TargetReader.NAME_EXPECTED);
    }
  }

  private static String standardName(String registry, Optional<RepositoryName> prefix) {
    String address = registry + prefix.map(path -> "/" + path).orElse("");
    String name = address.replaceAll("[^A-Za-z0-9.-]", "_").replaceFirst("^_+", "");
    return name.substring(0, Math.min(name.length(), TargetReader.LONGEST_NAME));
  }

  private static IllegalArgumentException unfit(String text, String found, String expected) {
    return new IllegalArgumentException(
        "--to " + Shown.of(text) + ": found " + found + ", expected " + expected);
  }
}
