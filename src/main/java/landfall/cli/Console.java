package landfall.cli;

import java.io.PrintStream;

/**
 * Where a command prints: facts to {@code out}, everything else to {@code err}.
 *
 * @param terminal whether a person looks on, so that progress may be live
 * @param colours whether colours are welcome
 */
record Console(PrintStream out, PrintStream err, boolean terminal, boolean colours) {
  /** The launcher tells which streams are terminals; a JVM cannot tell them apart. */
  static Console system() {
    String terminals = System.getProperty("landfall.terminals", "");
    return new Console(
        System.out,
        System.err,
        terminals.contains("err"),
        terminals.contains("out") && System.getenv("NO_COLOR") == null);
  }

  /** The text in green, amber or red, where colours are welcome. */
  String painted(String state) {
    if (!colours) {
      return state;
    }
    String colour =
        switch (state) {
          case "DELIVERED", "DUPLICATE" -> "32";
          case "DELIVERED_WITH_FAILURES", "WAITING", "HELD", "PARKED" -> "33";
          case "QUARANTINED", "DISCARDED" -> "31";
          default -> "0";
        };
    return "\u001b[" + colour + "m" + state + "\u001b[0m";
  }

  /** Foreign text with control and direction characters made visible. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              int type = Character.getType(point);
              boolean hidden =
                  Character.isISOControl(point)
                      || type == Character.FORMAT
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR;
              if (hidden) {
                safe.append(String.format("\\u%04X", point));
              } else {
                safe.appendCodePoint(point);
              }
            });
    return safe.toString();
  }
}
