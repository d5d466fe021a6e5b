package landfall.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.image.RepositoryName;
import landfall.target.HostPort;
import landfall.target.Target;

/** Reads the sections of targets, of which no two may be the same. */
final class TargetReader {
  static final Target.Limits STANDARD = new Target.Limits(4, 16, 16, 0);

  static final int LONGEST_NAME = 100;
  static final String NAME_EXPECTED = "up to 100 letters, digits, dots, dashes and underscores";

  static final String REGISTRY_EXPECTED =
      "host[:port] without scheme, path or credentials (a path goes into prefix, credentials into"
          + " an auth file)";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern IMAGES = Pattern.compile("(\\d{1,3})(?:\\.\\.(\\d{1,3}))?");
  private static final int MOST_IMAGES = 256;
  private static final int MOST_BLOBS = 256;

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> addresses = new HashMap<>();

  Optional<Target> read(Section section) {
    Optional<String> name = section.mandatory("name", NAME_EXPECTED, TargetReader::name);
    Optional<String> registry = section.mandatory("registry", REGISTRY_EXPECTED, HostPort::checked);
    Optional<RepositoryName> prefix =
        section.value("prefix", "a path such as mirror/ocp, in lower case", RepositoryName::new);
    Target.Security security = security(section);
    int nested = (int) section.number("maxNestedPaths", 0, 255);
    Target.Limits limits = limits(section.group("limits"));
    name.ifPresent(word -> unique(section, "name", word, names));
    Optional<Target> target =
        name.flatMap(
            word -> registry.map(host -> new Target(word, host, prefix, security, nested, limits)));
    target.ifPresent(
        found -> unique(section, "registry", found.address().toLowerCase(Locale.ROOT), addresses));
    return target;
  }

  private static void unique(
      Section section, String key, String value, Map<String, String> owners) {
    String owner = owners.putIfAbsent(value, section.name());
    if (owner != null) {
      section.problem(key, Shown.of(value) + ", as in " + owner, "each " + key + " once");
    }
  }

  private static Target.Security security(Section section) {
    boolean plain = section.flag("plainHttp", false);
    Optional<Path> ca = section.file("ca");
    Optional<Path> certificate = section.file("clientCert");
    Optional<Path> key = section.file("clientKey");
    paired(section, "clientCert", "clientKey");
    paired(section, "clientKey", "clientCert");
    if (plain && (section.has("ca") || section.has("clientCert"))) {
      section.problem("plainHttp", "true beside ca or clientCert", "one or the other");
    }
    return new Target.Security(
        plain,
        section.flag("tlsVerify", true),
        ca,
        certificate,
        key,
        section.files("authfile"),
        new Target.Others(servers(section, "uploadHosts"), servers(section, "tokenHosts")));
  }

  private static List<HostPort> servers(Section section, String key) {
    return section.values(key, "host[:port] without scheme or path", HostPort::server);
  }

  private static void paired(Section section, String key, String other) {
    if (section.has(key) && !section.has(other)) {
      section.problem(key, key + " without " + other, "both or neither");
    }
  }

  private static Target.Limits limits(Section limits) {
    Target.Limits images =
        limits
            .value(
                "images",
                "a number from 1 to " + MOST_IMAGES + " or a range such as 4..16",
                TargetReader::images)
            .orElse(STANDARD);
    int blobs =
        limits
            .value("blobs", "a number from 1 to " + MOST_BLOBS, TargetReader::blobs)
            .orElse(STANDARD.blobs());
    long speed = limits.number("bytesPerSecond", STANDARD.bytesPerSecond(), 1L << 40);
    return new Target.Limits(images.fewestImages(), images.mostImages(), blobs, speed);
  }

  private static Target.Limits images(String text) {
    Matcher matcher = IMAGES.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("neither number nor range");
    }
    int fewest = Integer.parseInt(matcher.group(1));
    int most = matcher.group(2) == null ? fewest : Integer.parseInt(matcher.group(2));
    if (most > MOST_IMAGES) {
      throw new IllegalArgumentException("more than " + MOST_IMAGES);
    }
    return new Target.Limits(fewest, most, STANDARD.blobs(), STANDARD.bytesPerSecond());
  }

  private static int blobs(String text) {
    int blobs = Integer.parseInt(text);
    if (blobs < 1 || blobs > MOST_BLOBS) {
      throw new IllegalArgumentException("not from 1 to " + MOST_BLOBS);
    }
    return blobs;
  }

  static String name(String text) {
    if (text.length() > LONGEST_NAME || !NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("no name of a target");
    }
    return text;
  }
}
