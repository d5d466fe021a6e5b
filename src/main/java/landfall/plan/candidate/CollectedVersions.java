package landfall.plan.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import landfall.plan.candidate.CatalogVersions.Versions;

/**
 * Collects which versions of which packages a catalog has (AF§3.2), as many as a ledger should
 * hold. What looks like no name or version is only counted.
 */
public final class CollectedVersions {
  private static final int MOST_CHARACTERS = 512 * 1024;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][!-~]{0,127}");

  private final TreeMap<String, TreeSet<String>> packages = new TreeMap<>();
  private int characters;
  private int leftOut;

  /** Adds the version of one bundle. */
  public void add(String name, String version) {
    TreeSet<String> known = packages.getOrDefault(name, new TreeSet<>(new VersionOrder()));
    if (known.contains(version)) {
      return;
    }
    int length = version.length() + (known.isEmpty() ? name.length() : 0) + 2;
    if (!printable(name) || !printable(version) || characters + length > MOST_CHARACTERS) {
      leftOut++;
      return;
    }
    characters += length;
    known.add(version);
    packages.put(name, known);
  }

  /** What was collected. */
  public CatalogVersions versions() {
    List<Versions> all = new ArrayList<>();
    packages.forEach((name, versions) -> all.add(new Versions(name, List.copyOf(versions))));
    return new CatalogVersions(all, leftOut);
  }

  private static boolean printable(String word) {
    return WORD.matcher(word).matches();
  }
}
