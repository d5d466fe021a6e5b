package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads the properties of a bundle and keeps of them which version of which package it is (AF§3.2).
 * Nothing is delivered by it, so what is written otherwise is passed over.
 */
final class PackageProperty {
  private static final String TYPE = "olm.package";

  private final Tokens tokens;
  private String packageName = "";
  private String version = "";

  PackageProperty(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Empty where no property says it. */
  String packageName() {
    return packageName;
  }

  /** Empty where no property says it. */
  String version() {
    return version;
  }

  /** Reads the list whose start was the last token. */
  void read() throws IOException {
    for (JsonToken item = tokens.expect(); item != JsonToken.END_ARRAY; item = tokens.expect()) {
      if (item == JsonToken.START_OBJECT) {
        property();
      } else {
        tokens.skip(item);
      }
    }
  }

  private void property() throws IOException {
    String type = "";
    Said said = new Said("", "");
    while (tokens.expect() != JsonToken.END_OBJECT) {
      String name = tokens.field();
      JsonToken value = tokens.expect();
      if (name.equalsIgnoreCase("type")) {
        type = tokens.brief(value);
      } else if (name.equalsIgnoreCase("value") && value == JsonToken.START_OBJECT) {
        said = value();
        continue;
      }
      tokens.skip(value);
    }
    if (type.equals(TYPE)) {
      packageName = said.packageName();
      version = said.version();
    }
  }

  private Said value() throws IOException {
    Said said = new Said("", "");
    while (tokens.expect() != JsonToken.END_OBJECT) {
      String name = tokens.field();
      JsonToken value = tokens.expect();
      if (name.equalsIgnoreCase("packageName")) {
        said = new Said(tokens.brief(value), said.version());
      } else if (name.equalsIgnoreCase("version")) {
        said = new Said(said.packageName(), tokens.brief(value));
      }
      tokens.skip(value);
    }
    return said;
  }

  /** What the value of one property says. */
  private record Said(String packageName, String version) {}
}
