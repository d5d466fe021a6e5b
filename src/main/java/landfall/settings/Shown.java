package landfall.settings;

import java.util.regex.Pattern;

/** Values as problems may show them: quoted, short, on one line and without credentials. */
final class Shown {
  private static final int LONGEST = 120;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

  private Shown() {}

  static String of(String text) {
    return "'" + unquoted(text) + "'";
  }

  static String unquoted(String text) {
    String line = onOneLine(withoutCredentials(text));
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  static String onOneLine(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }

  /** Everything before an {@code @} is hidden, except in a plain path, where it is a name. */
  private static String withoutCredentials(String text) {
    String before = text.substring(0, Math.max(0, text.lastIndexOf('@')));
    if (before.isEmpty() || (before.contains("/") && !before.contains(":"))) {
      return text;
    }
    int scheme = before.indexOf("://");
    String kept = scheme < 0 ? "" : text.substring(0, scheme + 3);
    return kept + "***" + text.substring(before.length());
  }
}
