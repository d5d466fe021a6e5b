package landfall.plan.candidate;

import java.util.Comparator;

/** As people read versions: 1.10 above 1.9, a release above its candidates. */
final class VersionOrder implements Comparator<String> {
  @Override
  public int compare(String one, String other) {
    int end = core(one);
    int otherEnd = core(other);
    int order = natural(one.substring(0, end), other.substring(0, otherEnd));
    if (order == 0) {
      order = Boolean.compare(other.startsWith("-", otherEnd), one.startsWith("-", end));
    }
    return order == 0 ? natural(one, other) : order;
  }

  /** Where the numbers of a version end and its candidate or build begins. */
  private static int core(String version) {
    int end = 0;
    while (end < version.length() && version.charAt(end) != '-' && version.charAt(end) != '+') {
      end++;
    }
    return end;
  }

  private static int natural(String one, String other) {
    int at = 0;
    int otherAt = 0;
    while (at < one.length() && otherAt < other.length()) {
      int end = word(one, at);
      int otherEnd = word(other, otherAt);
      int order = words(one.substring(at, end), other.substring(otherAt, otherEnd));
      if (order != 0) {
        return order;
      }
      at = end;
      otherAt = otherEnd;
    }
    int order = Boolean.compare(at < one.length(), otherAt < other.length());
    return order == 0 ? one.compareTo(other) : order;
  }

  /** The end of a number, or of one other character. */
  private static int word(String text, int from) {
    int end = from + 1;
    while (digit(text.charAt(from)) && end < text.length() && digit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int words(String one, String other) {
    if (!digit(one.charAt(0)) || !digit(other.charAt(0))) {
      return one.compareTo(other);
    }
    String number = withoutZeros(one);
    String otherNumber = withoutZeros(other);
    int order = Integer.compare(number.length(), otherNumber.length());
    return order == 0 ? number.compareTo(otherNumber) : order;
  }

  private static String withoutZeros(String number) {
    int from = 0;
    while (from < number.length() - 1 && number.charAt(from) == '0') {
      from++;
    }
    return number.substring(from);
  }

  private static boolean digit(char character) {
    return character >= '0' && character <= '9';
  }
}
