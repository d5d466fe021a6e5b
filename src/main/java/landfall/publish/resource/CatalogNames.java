package landfall.publish.resource;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import landfall.image.Digest;
import landfall.plan.candidate.Destination;

/**
 * What the resources of each catalog are called behind {@code cs-} and {@code cc-} (AF§5.2).
 *
 * <p>oc-mirror's name, where it is one and nobody else has it. Else oc-mirror stops or overwrites;
 * here the catalog gets a name of its own that only depends on its destination, and a warning. Who
 * has a name in what is published keeps it.
 *
 * @param stems by catalog
 */
public record CatalogNames(Map<Destination, String> stems) {
  private static final int SUFFIX = 12;
  private static final int LONGEST = 63 - "cs-".length();
  private static final Pattern VALID = Pattern.compile("(?:[A-Za-z0-9-]*[A-Za-z0-9])?");

  public CatalogNames {
    stems = Map.copyOf(stems);
  }

  /**
   * Names catalogs.
   *
   * @param catalogs the first to come is the first to be named
   * @param published stems that are in use already, by the image their resources name
   */
  public static CatalogNames of(List<Delivered> catalogs, Map<String, String> published) {
    Map<Destination, String> stems = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Delivered catalog : catalogs) {
      String kept = published.getOrDefault(catalog.reference(), "");
      if (isFor(kept, catalog.destination()) && taken.add(kept)) {
        stems.put(catalog.destination(), kept);
      }
    }
    for (Delivered catalog : catalogs) {
      Destination destination = catalog.destination();
      if (!stems.containsKey(destination)) {
        String wanted = ofOcMirror(destination);
        stems.put(
            destination,
            isValid(wanted) && taken.add(wanted) ? wanted : unique(wanted, destination, taken));
      }
    }
    return new CatalogNames(stems);
  }

  /** The name of a catalog that was given to {@link #of}. */
  public String stem(Delivered catalog) {
    return Optional.ofNullable(stems.get(catalog.destination())).orElseThrow();
  }

  /** Why a catalog is not called as oc-mirror would call it; empty when it is. */
  Optional<String> warning(Delivered catalog) {
    Destination destination = catalog.destination();
    String stem = stem(catalog);
    String wanted = ofOcMirror(destination);
    return wanted.equals(stem)
        ? Optional.empty()
        : Optional.of(
            "catalog "
                + destination
                + " is called cs-"
                + stem
                + " and cc-"
                + stem
                + ": cs-"
                + wanted
                + (isValid(wanted)
                    ? " is another catalog's name"
                    : " is no name Kubernetes accepts"));
  }

  /** Repository and tag make oc-mirror's name, or a name of our own making. */
  private static boolean isFor(String stem, Destination destination) {
    return isValid(stem)
        && (stem.equals(ofOcMirror(destination)) || stem.endsWith("-" + hash(destination, 8)));
  }

  private static String ofOcMirror(Destination destination) {
    String path = destination.repository().path();
    String tag = destination.tag().name();
    String suffix =
        tag.substring(0, Math.min(SUFFIX, tag.length()))
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9-]", "-");
    return (path.substring(path.lastIndexOf('/') + 1) + "-" + suffix).replace('.', '-');
  }

  private static boolean isValid(String stem) {
    return !stem.isEmpty() && stem.length() <= LONGEST && VALID.matcher(stem).matches();
  }

  private static String unique(String wanted, Destination destination, Set<String> taken) {
    for (int length = 8; ; length += 8) {
      String hash = hash(destination, length);
      String clean = wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      String head = clean.substring(0, Math.min(LONGEST - length - 1, clean.length()));
      String stem = head.replaceAll("-+$", "") + "-" + hash;
      if (taken.add(stem)) {
        return stem;
      }
    }
  }

  private static String hash(Destination destination, int length) {
    byte[] name = destination.toString().getBytes(StandardCharsets.UTF_8);
    return Digest.of(name).hex().substring(0, length);
  }
}
