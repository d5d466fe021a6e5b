package landfall.plan.release;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of a release, ordered as semantic versioning says; what stands behind {@code +} does
 * not count. The numbers are unsigned.
 *
 * @param preRelease what stands behind the dash, at its dots
 */
record Version(long major, long minor, long patch, List<String> preRelease)
    implements Comparable<Version> {
  private static final int LONGEST = 256;
  private static final String NUMBER = "(0|[1-9][0-9]{0,18})";
  private static final String WORDS = "([0-9A-Za-z.-]+)";
  private static final Pattern FORM =
      Pattern.compile(
          NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-" + WORDS + ")?(?:\\+" + WORDS + ")?");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::major)
          .thenComparingLong(Version::minor)
          .thenComparingLong(Version::patch)
          .thenComparing(Version::preRelease, Version::comparePreReleases);

  Version {
    preRelease = List.copyOf(preRelease);
  }

  /**
   * Parses a version.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Version parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.length() > LONGEST || !matcher.matches()) {
      throw new IllegalArgumentException("'" + shown(text) + "' is no version such as 4.18.1");
    }
    List<String> preRelease = words(text, matcher.group(4));
    if (preRelease.stream().anyMatch(word -> isNumber(word) && word.matches("0.+"))) {
      throw new IllegalArgumentException("'" + text + "' has a number with leading zeros");
    }
    words(text, matcher.group(5));
    return new Version(
        Long.parseLong(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)),
        preRelease);
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String numbers = major + "." + minor + "." + patch;
    return preRelease.isEmpty() ? numbers : numbers + "-" + String.join(".", preRelease);
  }

  private static List<String> words(String text, @Nullable String dotted) {
    if (dotted == null) {
      return List.of();
    }
    List<String> words = List.of(dotted.split("\\.", -1));
    if (words.contains("")) {
      throw new IllegalArgumentException("'" + text + "' has two dots side by side");
    }
    return words;
  }

  /** A release comes after everything that was tried before it. */
  private static int comparePreReleases(List<String> one, List<String> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(one.isEmpty(), other.isEmpty());
    }
    for (int index = 0; index < Math.min(one.size(), other.size()); index++) {
      int order = compareWords(one.get(index), other.get(index));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  private static int compareWords(String one, String other) {
    if (isNumber(one) && isNumber(other)) {
      int byLength = Integer.compare(one.length(), other.length());
      return byLength != 0 ? byLength : one.compareTo(other);
    }
    int numbersFirst = Boolean.compare(isNumber(other), isNumber(one));
    return numbersFirst != 0 ? numbersFirst : one.compareTo(other);
  }

  private static boolean isNumber(String word) {
    return DIGITS.matcher(word).matches();
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
