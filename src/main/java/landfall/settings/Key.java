package landfall.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A setting there is: its name, what may stand there, and the settings below it. */
record Key(String name, Shape shape, List<Key> members) {

  /** What may stand at a key. */
  enum Shape {
    VALUE("one value"),
    VALUES("one value or a list of values"),
    GROUP("a group of settings"),
    LIST("a list of groups of settings"),
    ANY("anything");

    private final String words;

    Shape(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Every setting there is. */
  static final Key ALL =
      group(
          "",
          value("data"),
          value("state"),
          targets(),
          group(
              "drop",
              value("settle"),
              group("sidecar", value("required"), value("wait")),
              value("patience"),
              value("retention")),
          group(
              "push",
              value("retries"),
              value("uri"),
              value("unclaimed"),
              value("signatures"),
              value("tagConflict"),
              value("readBack")),
          group("publish", value("catalogSourceTemplates")),
          group("signatures", values("releaseKeys")),
          group("ledger", value("url")),
          group("web", value("listen"), any("tokens")),
          group("notify", value("webhook"), any("smtp"), any("syslog")));

  private static Key targets() {
    return new Key(
        "targets",
        Shape.LIST,
        List.of(
            value("name"),
            value("registry"),
            value("prefix"),
            value("plainHttp"),
            value("tlsVerify"),
            value("ca"),
            value("clientCert"),
            value("clientKey"),
            values("authfile"),
            values("uploadHosts"),
            values("tokenHosts"),
            value("maxNestedPaths"),
            group("limits", value("images"), value("blobs"), value("bytesPerSecond"))));
  }

  private static Key group(String name, Key... members) {
    return new Key(name, Shape.GROUP, List.of(members));
  }

  private static Key value(String name) {
    return new Key(name, Shape.VALUE, List.of());
  }

  private static Key values(String name) {
    return new Key(name, Shape.VALUES, List.of());
  }

  private static Key any(String name) {
    return new Key(name, Shape.ANY, List.of());
  }

  Optional<Key> member(String key) {
    return members.stream().filter(member -> member.name.equals(key)).findFirst();
  }

  Optional<Key> memberIgnoringCase(String key) {
    return members.stream().filter(member -> member.name.equalsIgnoreCase(key)).findFirst();
  }

  List<String> memberNames() {
    return members.stream().map(Key::name).toList();
  }

  /** What one element of this list is. */
  Key item() {
    return new Key(name, shape == Shape.LIST ? Shape.GROUP : Shape.VALUE, members);
  }

  /** The paths of all values below, such as {@code targets.0.limits.images}. */
  Stream<String> paths() {
    String own = shape == Shape.LIST ? name + ".0" : name;
    if (members.isEmpty()) {
      return Stream.of(own);
    }
    String prefix = own.isEmpty() ? "" : own + ".";
    return members.stream().flatMap(Key::paths).map(path -> prefix + path);
  }

  /** {@code targets.0.maxNestedPaths} as {@code TARGETS_0_MAX_NESTED_PATHS}. */
  static String environmentName(String path) {
    return path.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
