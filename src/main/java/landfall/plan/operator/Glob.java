package landfall.plan.operator;

/**
 * Matches one file name with a shell pattern ({@code * ? [a-z] \x}) in time that grows with the
 * product of both lengths at most: patterns are foreign.
 */
final class Glob {
  private final String pattern;
  private final String name;

  private Glob(String pattern, String name) {
    this.pattern = pattern;
    this.name = name;
  }

  /** Whether the whole name fits; a malformed pattern fits nothing. */
  static boolean matches(String pattern, String name) {
    return new Glob(pattern, name).matches();
  }

  private boolean matches() {
    int at = 0;
    int character = 0;
    int star = -1;
    int resume = 0;
    while (character < name.length()) {
      int next = at < pattern.length() && pattern.charAt(at) != '*' ? step(at, character) : -1;
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resume = character;
      } else if (next >= 0) {
        at = next;
        character++;
      } else if (star >= 0) {
        at = star + 1;
        character = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  /** Where the pattern goes on after it has taken one character; -1 when it does not fit. */
  private int step(int at, int character) {
    char found = name.charAt(character);
    return switch (pattern.charAt(at)) {
      case '?' -> at + 1;
      case '[' -> range(at + 1, found);
      case '\\' -> at + 1 < pattern.length() && pattern.charAt(at + 1) == found ? at + 2 : -1;
      default -> pattern.charAt(at) == found ? at + 1 : -1;
    };
  }

  private int range(int start, char found) {
    boolean negated = start < pattern.length() && pattern.charAt(start) == '^';
    int at = negated ? start + 1 : start;
    int first = at;
    boolean fits = false;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
      int low = literal(at);
      boolean span = low + 1 < pattern.length() && pattern.charAt(low + 1) == '-';
      int high = span ? literal(low + 2) : low;
      if (high >= pattern.length()) {
        return -1;
      }
      fits |= pattern.charAt(low) <= found && found <= pattern.charAt(high);
      at = high + 1;
    }
    return at < pattern.length() && fits != negated ? at + 1 : -1;
  }

  /** The place of the character meant, a backslash before it skipped. */
  private int literal(int at) {
    return at < pattern.length() && pattern.charAt(at) == '\\' ? at + 1 : at;
  }
}
