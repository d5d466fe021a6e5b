package landfall.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.image.Digest;
import landfall.ledger.ImageRow;
import landfall.ledger.Ledger;
import landfall.ledger.Notes;
import landfall.plan.candidate.CatalogVersions;
import landfall.plan.candidate.Destination;
import landfall.registry.Registry;

/**
 * What a target holds according to the ledger and, where the registry could be asked, whether it
 * says the same.
 *
 * @param target its name
 * @param registry {@code host[:port][/prefix]}
 * @param confirmed whether the registry was asked
 * @param items what each {@code repository:tag} was delivered with last, by destination
 * @param catalogs those of the items that are catalogs
 */
public record Inventory(
    String target, String registry, boolean confirmed, List<Item> items, List<Catalog> catalogs) {
  public Inventory {
    items = List.copyOf(items);
    catalogs = List.copyOf(catalogs);
  }

  /** Whether a registry holds what was delivered. */
  public enum Presence {
    THERE,
    GONE,
    /** The tag points to something else by now. */
    OTHER,
    NOT_ASKED
  }

  /**
   * One delivered image.
   *
   * @param type the receipt's word
   * @param archive id of the archive that brought it last
   */
  public record Item(
      String type,
      String origin,
      String destination,
      String digest,
      String archive,
      Presence presence) {}

  /**
   * One delivered catalog.
   *
   * @param versions what the archive that brought it last said of its packages; empty after a
   *     rebuild, until the catalog is delivered again
   */
  public record Catalog(Item image, Optional<CatalogVersions> versions) {}

  /** Takes stock; the registry, where there is one, is asked for every tag. */
  public static Inventory take(
      String target, String address, Ledger ledger, Optional<Registry> registry) {
    Map<String, ImageRow> latest = new LinkedHashMap<>();
    for (ImageRow row : ledger.images().deliveredTo(target)) {
      latest.put(row.destination(), row);
    }
    List<Item> items = new ArrayList<>();
    latest.values().stream()
        .sorted((one, other) -> one.destination().compareTo(other.destination()))
        .forEach(row -> items.add(item(row, registry)));
    List<Catalog> catalogs =
        of("catalog", items).stream()
            .map(item -> new Catalog(item, versions(target, item, ledger)))
            .toList();
    return new Inventory(target, address, registry.isPresent(), items, catalogs);
  }

  private static Optional<CatalogVersions> versions(String target, Item item, Ledger ledger) {
    return ledger.notes().of(item.archive(), target, Notes.Kind.VERSIONS).stream()
        .filter(note -> note.name().equals(item.destination()))
        .findFirst()
        .map(note -> CatalogVersions.parse(note.text()));
  }

  private static Item item(ImageRow row, Optional<Registry> registry) {
    return new Item(
        row.type(),
        row.origin(),
        row.destination(),
        row.digest().map(Digest::toString).orElse(""),
        row.archive(),
        registry.map(asked -> presence(row, asked)).orElse(Presence.NOT_ASKED));
  }

  private static Presence presence(ImageRow row, Registry registry) {
    Destination destination = Destination.parse(row.destination());
    Optional<Digest> now = registry.tagged(destination.repository(), destination.tag());
    if (now.isEmpty()) {
      return Presence.GONE;
    }
    return now.equals(row.digest()) ? Presence.THERE : Presence.OTHER;
  }

  /** Those of a type, by destination. */
  public List<Item> of(String type) {
    return of(type, items);
  }

  private static List<Item> of(String type, List<Item> items) {
    return items.stream().filter(item -> item.type().equals(type)).toList();
  }

  /** Those the registry no longer holds as they were delivered. */
  public List<Item> missing() {
    return items.stream()
        .filter(item -> item.presence() == Presence.GONE || item.presence() == Presence.OTHER)
        .toList();
  }
}
