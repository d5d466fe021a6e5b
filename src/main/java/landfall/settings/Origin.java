package landfall.settings;

import java.util.Comparator;

/**
 * Where a value comes from: a line of the file, or the override that says so.
 *
 * @param line counted from 1; 0 = no line of a file
 */
record Origin(String name, int line) implements Comparable<Origin> {
  private static final Comparator<Origin> FILE_FIRST =
      Comparator.comparing((Origin origin) -> origin.line == 0)
          .thenComparing(Origin::line)
          .thenComparing(Origin::name);

  static Origin of(String name) {
    return new Origin(name, 0);
  }

  @Override
  public int compareTo(Origin other) {
    return FILE_FIRST.compare(this, other);
  }

  @Override
  public String toString() {
    return line == 0 ? name : name + ":" + line;
  }
}
