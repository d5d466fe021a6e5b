package landfall.plan.configuration;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import landfall.plan.configuration.ImageSetConfiguration.AdditionalImage;
import landfall.plan.configuration.ImageSetConfiguration.Chart;
import landfall.plan.configuration.ImageSetConfiguration.Helm;
import landfall.plan.configuration.ImageSetConfiguration.HelmRepository;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;
import landfall.plan.configuration.ImageSetConfiguration.Operator;
import landfall.plan.configuration.ImageSetConfiguration.OperatorChannel;
import landfall.plan.configuration.ImageSetConfiguration.OperatorPackage;
import landfall.plan.configuration.ImageSetConfiguration.Platform;
import landfall.plan.configuration.ImageSetConfiguration.ReleaseChannel;

/** The sections below {@code mirror}: every field oc-mirror has ever known there, and no other. */
final class Sections {
  private final Optional<Fields> mirror;

  Sections(Optional<Fields> mirror) {
    this.mirror = mirror;
  }

  ImageSetConfiguration read(String name, OptionalLong archiveSize) {
    ImageSetConfiguration configuration =
        new ImageSetConfiguration(
            name,
            section("platform").map(Sections::platform).orElse(Platform.NONE),
            operators(),
            list("additionalImages", Sections::additionalImage),
            section("helm").map(Sections::helm).orElse(Helm.NONE),
            list("blockedImages", Sections::name),
            list("samples", Sections::name),
            archiveSize);
    mirror.ifPresent(Fields::finish);
    return configuration;
  }

  private Optional<Fields> section(String name) {
    return mirror.flatMap(fields -> fields.section(name));
  }

  private <T> List<T> list(String name, Function<Fields, T> read) {
    return mirror.map(fields -> fields.list(name, read)).orElse(List.of());
  }

  private List<Operator> operators() {
    Set<String> catalogs = new HashSet<>();
    return list(
        "operators",
        fields -> {
          Operator operator = operator(fields);
          CatalogRules.check(fields, operator);
          unique(fields, catalogs, "catalog", CatalogRules.uniqueName(operator));
          return operator;
        });
  }

  private static Platform platform(Fields fields) {
    Set<String> names = new HashSet<>();
    Platform platform =
        new Platform(
            fields.list("channels", channel -> releaseChannel(channel, names)),
            fields.texts("architectures"),
            platforms(fields),
            fields.flag("graph"),
            fields.text("release").filter(text -> !text.isEmpty()),
            fields.flag("kubeVirtContainer"));
    if (!platform.platforms().isEmpty() && !platform.architectures().isEmpty()) {
      fields.complain("platforms", "cannot stand beside architectures; keep one of them");
    }
    fields.finish();
    return platform;
  }

  private static ReleaseChannel releaseChannel(Fields fields, Set<String> names) {
    ReleaseChannel channel =
        new ReleaseChannel(
            fields.required("name"),
            fields.text("type"),
            fields.text("minVersion"),
            fields.text("maxVersion"),
            fields.flag("shortestPath"),
            fields.flag("full"));
    unique(fields, names, "name", channel.name());
    fields.finish();
    return channel;
  }

  private static Operator operator(Fields fields) {
    Set<String> names = new HashSet<>();
    Operator operator =
        new Operator(
            fields.required("catalog"),
            fields.text("targetCatalog").filter(text -> !text.isEmpty()),
            fields.text("targetTag").filter(text -> !text.isEmpty()),
            fields.text("targetCatalogSourceTemplate"),
            fields.flag("full"),
            fields.flag("skipDependencies"),
            fields.list("packages", one -> operatorPackage(one, names)),
            platforms(fields));
    fields.finish();
    return operator;
  }

  private static OperatorPackage operatorPackage(Fields fields, Set<String> names) {
    Set<String> channels = new HashSet<>();
    OperatorPackage read =
        new OperatorPackage(
            fields.required("name"),
            fields.list("channels", channel -> operatorChannel(channel, channels)),
            fields.text("defaultChannel"),
            fields.text("minVersion"),
            fields.text("maxVersion"));
    unique(fields, names, "name", read.name());
    fields.finish();
    return read;
  }

  private static OperatorChannel operatorChannel(Fields fields, Set<String> names) {
    OperatorChannel channel =
        new OperatorChannel(
            fields.required("name"), fields.text("minVersion"), fields.text("maxVersion"));
    unique(fields, names, "name", channel.name());
    fields.finish();
    return channel;
  }

  private static AdditionalImage additionalImage(Fields fields) {
    AdditionalImage image =
        new AdditionalImage(
            fields.required("name"),
            fields.text("targetRepo").filter(text -> !text.isEmpty()),
            fields.text("targetTag").filter(text -> !text.isEmpty()),
            platforms(fields));
    fields.finish();
    return image;
  }

  private static Helm helm(Fields fields) {
    Helm helm =
        new Helm(
            fields.list("repositories", Sections::helmRepository),
            fields.list("local", Sections::chart));
    fields.finish();
    return helm;
  }

  private static HelmRepository helmRepository(Fields fields) {
    HelmRepository repository =
        new HelmRepository(
            fields.required("name"),
            fields.required("url"),
            fields.list("charts", Sections::chart),
            !fields.given("charts"));
    fields.finish();
    return repository;
  }

  private static Chart chart(Fields fields) {
    Chart chart =
        new Chart(
            fields.required("name"),
            fields.text("version"),
            fields.text("path"),
            fields.texts("imagePaths"),
            platforms(fields));
    fields.ignore("values"); // 4.18 knew them; anything may stand there
    fields.finish();
    return chart;
  }

  private static String name(Fields fields) {
    String name = fields.required("name");
    fields.finish();
    return name;
  }

  private static List<InstancePlatform> platforms(Fields fields) {
    return fields.list("platforms", Sections::instancePlatform);
  }

  private static InstancePlatform instancePlatform(Fields fields) {
    InstancePlatform platform =
        new InstancePlatform(fields.required("os"), fields.required("architecture"));
    fields.finish();
    return platform;
  }

  private static void unique(Fields fields, Set<String> seen, String field, String value) {
    if (!seen.add(value)) {
      fields.complain(field, "stands twice: " + value);
    }
  }
}
