package landfall.arrive;

import java.util.List;
import java.util.Locale;

/** Names that copy programs and browsers give a file while it is still coming. */
final class Partial {
  private static final List<String> ENDINGS =
      List.of(".part", ".filepart", ".tmp", ".crdownload", ".partial", ".swp", "~");

  private Partial() {}

  static boolean isPartial(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(".")
        || lower.startsWith("~")
        || ENDINGS.stream().anyMatch(lower::endsWith);
  }
}
