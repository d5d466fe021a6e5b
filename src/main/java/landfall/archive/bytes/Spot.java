package landfall.archive.bytes;

import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * A byte of an archive, so that every refusal can say where it was found.
 *
 * @param what the file, and what of it is read
 * @param offset in bytes from the start of what is read
 */
public record Spot(String what, long offset) {
  private static final int LONGEST = 200;

  /** A refusal that names the place, what was found there and what was expected. */
  public Rejected refuse(Code code, String found, String expected) {
    return new Rejected(
        code,
        what + ", byte " + offset + ": found " + found + ", expected " + expected,
        "where: " + what,
        "byte: " + offset,
        "found: " + found,
        "expected: " + expected);
  }

  /** Foreign text made fit for a sentence: quoted, printable ASCII only, of bounded length. */
  public static String shown(String foreign) {
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < Math.min(foreign.length(), LONGEST); i++) {
      char c = foreign.charAt(i);
      out.append(c >= ' ' && c < 0x7f ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return out.append(foreign.length() > LONGEST ? "…'" : "'").toString();
  }
}
