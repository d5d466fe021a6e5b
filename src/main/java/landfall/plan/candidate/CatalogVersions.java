package landfall.plan.candidate;

import java.util.Arrays;
import java.util.List;

/**
 * The packages of a catalog and their versions, for whoever asks what a site holds (AF§3.2).
 *
 * @param packages by name
 * @param leftOut how many versions more there are
 */
public record CatalogVersions(List<Versions> packages, int leftOut) {
  private static final String MORE = "+";

  public CatalogVersions {
    packages = List.copyOf(packages);
  }

  /**
   * One package.
   *
   * @param versions the lowest first
   */
  public record Versions(String name, List<String> versions) {
    public Versions {
      versions = List.copyOf(versions);
    }

    private String line() {
      return name + " " + String.join(" ", versions);
    }

    private static Versions parse(String line) {
      List<String> words = Arrays.asList(line.split(" "));
      return new Versions(words.get(0), words.subList(1, words.size()));
    }
  }

  /** A line for each package, its name and versions with spaces between. */
  public String text() {
    StringBuilder text = new StringBuilder();
    packages.forEach(one -> text.append(one.line()).append('\n'));
    if (leftOut > 0) {
      text.append(MORE).append(' ').append(leftOut).append('\n');
    }
    return text.toString();
  }

  /** What {@link #text} wrote. */
  public static CatalogVersions parse(String text) {
    List<Versions> all = text.lines().filter(line -> !line.isBlank()).map(Versions::parse).toList();
    int leftOut =
        all.stream()
            .filter(one -> one.name().equals(MORE))
            .mapToInt(one -> Integer.parseInt(one.versions().get(0)))
            .sum();
    return new CatalogVersions(
        all.stream().filter(one -> !one.name().equals(MORE)).toList(), leftOut);
  }
}
