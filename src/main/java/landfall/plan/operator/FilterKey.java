package landfall.plan.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;
import landfall.plan.configuration.ImageSetConfiguration.Operator;
import landfall.plan.configuration.ImageSetConfiguration.OperatorChannel;
import landfall.plan.configuration.ImageSetConfiguration.OperatorPackage;

/**
 * The name oc-mirror gives to what it made of a catalog: the MD5 of the compact JSON, as Go writes
 * it, of the configuration's entry (AF§3.2).
 */
final class FilterKey {
  private FilterKey() {}

  /**
   * Every name the filtered catalog may have, the likeliest first.
   *
   * @param digest hexadecimal digest of the sender's catalog
   */
  static List<String> candidates(Catalog catalog, String digest) {
    List<String> keys = new ArrayList<>();
    for (String none : List.of("null", "[]")) {
      keys.add(md5(json(catalog.operator(), current(catalog, digest), none)));
      keys.add(md5(json(catalog.operator(), catalog.origin(), none)));
    }
    return keys.stream().distinct().toList();
  }

  /** The name that 4.22 and later give. */
  static String current(Operator operator, String digest) {
    return md5(json(operator, current(Catalog.of(operator), digest), "null"));
  }

  /** The name that 4.18 to 4.21 give. */
  static String legacy(Operator operator) {
    return md5(json(operator, operator.catalog(), "null"));
  }

  private static String current(Catalog catalog, String digest) {
    return catalog.reference().name() + "@sha256:" + digest;
  }

  /**
   * @param noPackages what stands where there are none: Go tells an empty list from an absent one
   */
  private static String json(Operator operator, String catalog, String noPackages) {
    StringBuilder json = new StringBuilder("{\"packages\":");
    json.append(
        operator.packages().isEmpty()
            ? noPackages
            : array(operator.packages(), FilterKey::packageJson));
    json.append(",\"catalog\":").append(quoted(catalog));
    json.append(operator.full() ? ",\"full\":true" : "");
    json.append(operator.skipDependencies() ? ",\"skipDependencies\":true" : "");
    if (!operator.platforms().isEmpty()) {
      json.append(",\"platforms\":").append(array(operator.platforms(), FilterKey::platformJson));
    }
    return json.append('}').toString();
  }

  private static String packageJson(OperatorPackage one) {
    String channels =
        one.channels().isEmpty()
            ? ""
            : ",\"channels\":" + array(one.channels(), FilterKey::channelJson);
    return "{\"name\":"
        + quoted(one.name())
        + channels
        + field("defaultChannel", one.defaultChannel())
        + versions(one.minVersion(), one.maxVersion())
        + "}";
  }

  private static String channelJson(OperatorChannel one) {
    return "{\"name\":" + quoted(one.name()) + versions(one.minVersion(), one.maxVersion()) + "}";
  }

  private static String platformJson(InstancePlatform one) {
    return "{\"os\":" + quoted(one.os()) + ",\"architecture\":" + quoted(one.architecture()) + "}";
  }

  private static String versions(Optional<String> least, Optional<String> most) {
    return field("minVersion", least) + field("maxVersion", most);
  }

  private static String field(String name, Optional<String> value) {
    return value
        .filter(text -> !text.isEmpty())
        .map(text -> ",\"" + name + "\":" + quoted(text))
        .orElse("");
  }

  private static <T> String array(List<T> items, Function<T, String> json) {
    return "[" + String.join(",", items.stream().map(json).toList()) + "]";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(character -> quoted.append(escaped((char) character)));
    return quoted.append('"').toString();
  }

  /** Go escapes what HTML and JavaScript would misread, besides what JSON demands. */
  private static String escaped(char character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '<', '>', '&', '\u2028', '\u2029' -> String.format("\\u%04x", (int) character);
      default ->
          character < ' ' ? String.format("\\u%04x", (int) character) : String.valueOf(character);
    };
  }

  private static String md5(String json) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
