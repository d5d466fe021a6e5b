package landfall.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import landfall.openpgp.PublicKeys;
import landfall.plan.Unclaimed;
import landfall.push.ReadBack;
import landfall.push.TagConflict;
import landfall.target.HostPort;
import landfall.target.Target;

/** Makes {@link Settings} of what the operator wrote, or says all that is wrong with it. */
final class SettingsReader {
  private static final Pattern ENDPOINT = Pattern.compile("[a-z][a-z0-9+.-]*:\\S+");
  private static final Pattern WEB = Pattern.compile("https?://");
  private static final String NOTHING = "";
  private static final String KEY_VARIABLE = "OCP_SIGNATURE_VERIFICATION_PK";
  private static final String KEY_FILE = "a file of OpenPGP public keys that this user can read";

  private final Map<String, String> environment;
  private final Properties system;
  private final Problems problems = new Problems();

  SettingsReader(Map<String, String> environment, Properties system) {
    this.environment = environment;
    this.system = system;
  }

  Settings read(Path file) {
    Optional<Written.Group> written = new YamlFile(file, problems).read();
    if (written.isEmpty()) {
      problems.throwIfAny();
    }
    return settings(written.orElseThrow());
  }

  Settings withoutFile() {
    return settings(new Written.Group(Origin.of("configuration"), Map.of()));
  }

  private Settings settings(Written.Group file) {
    Written.Group written = new Overrides(problems).apply(file, environment, system);
    new Structure(problems).check(written);
    Section root = new Section("", written, problems, new References(environment, problems));
    Path data = root.path("data").orElse(Path.of("data").toAbsolutePath());
    Optional<Path> state = root.path("state");
    List<Target> targets = targets(root);
    Settings.Drop drop = drop(root.group("drop"));
    Settings.Push push = push(root.group("push"));
    Settings.Publish publish =
        new Settings.Publish(root.group("publish").folder("catalogSourceTemplates"));
    Settings.Web web = web(root.group("web"));
    Settings.Notices notices = notices(root.group("notify"));
    Settings.Signatures signatures = signatures(root.group("signatures"));
    root.group("ledger").fixed("url", NOTHING);
    problems.throwIfAny();
    return new Settings(data, state, targets, drop, push, publish, web, notices, signatures);
  }

  private static List<Target> targets(Section root) {
    TargetReader reader = new TargetReader();
    List<Target> targets = new ArrayList<>();
    root.list("targets").forEach(section -> reader.read(section).ifPresent(targets::add));
    return targets;
  }

  private static Settings.Drop drop(Section drop) {
    Section sidecar = drop.group("sidecar");
    return new Settings.Drop(
        duration(drop, "settle", Duration.ofSeconds(10)),
        new Settings.Sidecar(
            sidecar.flag("required", false), duration(sidecar, "wait", Duration.ofMinutes(5))),
        duration(drop, "patience", Duration.ofHours(24)),
        drop.value("retention", "keep, delete or a number of days such as 30d", Retention::parse)
            .orElse(Retention.KEEP));
  }

  private static Settings.Push push(Section push) {
    return new Settings.Push(
        (int) push.number("retries", 2, 100),
        push.value("uri", "a Camel endpoint such as direct:push-image", SettingsReader::endpoint)
            .orElse("direct:push-image"),
        push.flag("signatures", true),
        push.word("unclaimed", Unclaimed.AUTO),
        push.word("tagConflict", TagConflict.OVERWRITE),
        push.word("readBack", ReadBack.MANIFESTS));
  }

  /** The variable is oc-mirror's: whoever set it for that need not write it down here. */
  private Settings.Signatures signatures(Section signatures) {
    List<Path> keys =
        new ArrayList<>(signatures.values("releaseKeys", KEY_FILE, SettingsReader::releaseKeys));
    String named = environment.getOrDefault(KEY_VARIABLE, NOTHING);
    if (!named.isBlank()) {
      try {
        keys.add(releaseKeys(named));
      } catch (IllegalArgumentException unusable) {
        problems.add(Origin.of(KEY_VARIABLE), "signatures.releaseKeys", Shown.of(named), KEY_FILE);
      }
    }
    return new Settings.Signatures(keys);
  }

  /** Read twice, here only to see that it can be. */
  private static Path releaseKeys(String text) {
    Path file = Section.toPath(text);
    PublicKeys.read(file);
    return file;
  }

  private static Settings.Web web(Section web) {
    web.fixed("tokens", NOTHING);
    return web.value("listen", "host:port such as 127.0.0.1:8080", SettingsReader::listen)
        .orElse(new Settings.Web("127.0.0.1", 8080));
  }

  private static Settings.Notices notices(Section notify) {
    notify.fixed("smtp", NOTHING);
    notify.fixed("syslog", NOTHING);
    return new Settings.Notices(
        notify.secret("webhook", "an http:// or https:// URL", SettingsReader::isWebAddress));
  }

  private static Duration duration(Section section, String key, Duration standard) {
    return section.value(key, DurationText.EXPECTED, DurationText::parse).orElse(standard);
  }

  private static String endpoint(String text) {
    if (!ENDPOINT.matcher(text).matches()) {
      throw new IllegalArgumentException("no endpoint");
    }
    return text;
  }

  private static Settings.Web listen(String text) {
    HostPort address = HostPort.parse(text);
    return new Settings.Web(
        address.host(), address.port().orElseThrow(() -> new IllegalArgumentException("no port")));
  }

  private static boolean isWebAddress(String text) {
    try {
      return WEB.matcher(text).lookingAt() && URI.create(text).getHost() != null;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
