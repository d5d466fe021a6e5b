package landfall.plan.configuration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.plan.configuration.ImageSetConfiguration.Operator;
import landfall.plan.configuration.ImageSetConfiguration.OperatorChannel;
import landfall.plan.configuration.ImageSetConfiguration.OperatorPackage;

/** What oc-mirror asks of an operator catalog beyond its fields (AF§3.0). */
final class CatalogRules {
  private static final String DOCKER = "docker://";
  private static final Pattern PATH =
      Pattern.compile(
          "[a-z0-9]+(?:(?:[._]|__|-*+)[a-z0-9]++)*+(?:/[a-z0-9]+(?:(?:[._]|__|-*+)[a-z0-9]++)*+)*+");
  private static final Pattern VERSION =
      Pattern.compile(
          "v?[0-9]{1,20}(?:\\.[0-9]{1,20}){0,2}(?:-[0-9A-Za-z.-]{1,100})?(?:\\+[0-9A-Za-z.-]{1,100})?");

  private CatalogRules() {}

  /** Complains of everything that oc-mirror would refuse. */
  static void check(Fields fields, Operator operator) {
    operator
        .targetCatalog()
        .filter(path -> path.length() > 255 || !PATH.matcher(path).matches())
        .ifPresent(path -> fields.complain("targetCatalog", "is no path of a repository: " + path));
    operator.packages().forEach(one -> check(fields, one));
  }

  /** What may stand once: the place where the catalog goes. */
  static String uniqueName(Operator operator) {
    String catalog = operator.catalog();
    String reference = catalog.startsWith(DOCKER) ? catalog.substring(DOCKER.length()) : catalog;
    if (operator.targetTag().isPresent()) {
      reference = name(reference) + ":" + operator.targetTag().get();
    }
    String name = name(reference);
    String path = name.substring(name.indexOf('/') + 1);
    return operator.targetCatalog().isEmpty() || path.isEmpty()
        ? reference
        : reference.replaceFirst(
            Pattern.quote(path), Matcher.quoteReplacement(operator.targetCatalog().get()));
  }

  private static String name(String reference) {
    int at = reference.indexOf('@');
    String name = at < 0 ? reference : reference.substring(0, at);
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }

  private static void check(Fields fields, OperatorPackage one) {
    checkVersion(fields, one.name(), one.minVersion());
    checkVersion(fields, one.name(), one.maxVersion());
    for (OperatorChannel channel : one.channels()) {
      checkVersion(fields, one.name(), channel.minVersion());
      checkVersion(fields, one.name(), channel.maxVersion());
      if (bounded(channel.minVersion(), channel.maxVersion())
          && bounded(one.minVersion(), one.maxVersion())) {
        fields.complain(
            "packages",
            "filters package "
                + one.name()
                + " and its channel "
                + channel.name()
                + " by version; keep one of them");
      }
    }
  }

  private static void checkVersion(Fields fields, String name, Optional<String> version) {
    version
        .filter(text -> !text.isEmpty() && !VERSION.matcher(text).matches())
        .ifPresent(
            text ->
                fields.complain("packages", "has a version of " + name + " that is none: " + text));
  }

  private static boolean bounded(Optional<String> least, Optional<String> most) {
    return least.filter(text -> !text.isEmpty()).isPresent()
        || most.filter(text -> !text.isEmpty()).isPresent();
  }
}
