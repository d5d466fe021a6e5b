package landfall.plan.operator;

import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * Keeps long lines of YAML from taking long: SnakeYAML's time grows with the square of a line's
 * length, about a second for one of 1 MiB. So much of that is spent on one catalog and no more.
 */
final class LongLines {
  private static final int LONGEST = 1024 * 1024;
  private static final long MOST_WORK = 20_000_000_000_000L;

  /**
   * More than any name that counts. What is longer is an icon or a manifest in base64, and without
   * its end it is still the same to whom looks for images.
   */
  private static final int LONGEST_WORD = 4096;

  private long work;

  /** Whether a character adds nothing to a word that is too long to matter. */
  static boolean superfluous(int character, int word) {
    return word >= LONGEST_WORD && ofWord(character);
  }

  static boolean ofWord(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '/' && character <= '9')
        || character == '+'
        || character == '=';
  }

  /**
   * Counts one line.
   *
   * @throws Rejected LIMIT_EXCEEDED when it is too long, or all of them together
   */
  void spend(String entry, int number, int length) {
    work += (long) length * length;
    if (length > LONGEST || work > MOST_WORK) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          entry
              + ":"
              + number
              + ": found a line of "
              + length
              + " characters; at most "
              + LONGEST
              + " are read, and few lines that are nearly as long");
    }
  }
}
