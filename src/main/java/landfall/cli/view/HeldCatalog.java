package landfall.cli.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import landfall.inventory.Inventory.Catalog;
import landfall.plan.candidate.CatalogVersions;

/** A catalog of the inventory with its packages and their versions, as lines and for programs. */
public final class HeldCatalog {
  private HeldCatalog() {}

  /** A line for the catalog and one for each package. */
  public static List<String> lines(Catalog catalog) {
    List<String> lines = new ArrayList<>();
    lines.add("  " + catalog.image().destination() + " (" + catalog.image().origin() + ")");
    if (catalog.versions().isEmpty()) {
      lines.add("    its packages are known when it is delivered next");
    }
    catalog.versions().ifPresent(versions -> lines.addAll(packages(versions)));
    return lines;
  }

  private static List<String> packages(CatalogVersions versions) {
    List<String> lines = new ArrayList<>();
    versions
        .packages()
        .forEach(one -> lines.add("    " + one.name() + " " + String.join(", ", one.versions())));
    if (versions.leftOut() > 0) {
      lines.add("    and " + versions.leftOut() + " versions more");
    }
    return lines;
  }

  /** The catalog's image and, where they are known, its packages. */
  public static Map<String, Object> facts(Catalog catalog) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("type", catalog.image().type());
    facts.put("origin", catalog.image().origin());
    facts.put("destination", catalog.image().destination());
    facts.put("digest", catalog.image().digest());
    facts.put("archive", catalog.image().archive());
    facts.put("presence", catalog.image().presence());
    catalog
        .versions()
        .ifPresent(
            versions -> {
              facts.put("packages", versions.packages());
              facts.put("versionsLeftOut", versions.leftOut());
            });
    return facts;
  }
}
