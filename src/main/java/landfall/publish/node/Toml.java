package landfall.publish.node;

import java.util.Locale;

/** Text as TOML's basic strings. */
final class Toml {
  private Toml() {}

  static String text(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            each -> {
              if (each == '"' || each == '\\') {
                quoted.append('\\').appendCodePoint(each);
              } else if (each < ' ' || each == 0x7f) {
                quoted.append(String.format(Locale.ROOT, "\\u%04X", each));
              } else {
                quoted.appendCodePoint(each);
              }
            });
    return quoted.append('"').toString();
  }
}
