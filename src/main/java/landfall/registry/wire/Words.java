package landfall.registry.wire;

import java.nio.charset.StandardCharsets;

/** Makes foreign text fit for a sentence: one line, no control characters, not long. */
public final class Words {
  private static final int LONGEST = 300;
  private static final int LONGEST_RAW = 4096;

  private Words() {}

  public static String clean(byte[] foreign) {
    int length = Math.min(foreign.length, LONGEST_RAW);
    return clean(new String(foreign, 0, length, StandardCharsets.UTF_8));
  }

  public static String clean(String foreign) {
    StringBuilder clean = new StringBuilder();
    foreign
        .codePoints()
        .limit(LONGEST_RAW)
        .map(point -> isPlain(point) ? point : ' ')
        .forEach(clean::appendCodePoint);
    String line = clean.toString().replaceAll(" {2,}", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** Neither a control, nor a format character that turns text around, nor half a character. */
  private static boolean isPlain(int point) {
    int type = Character.getType(point);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE
        && type != Character.UNASSIGNED
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
