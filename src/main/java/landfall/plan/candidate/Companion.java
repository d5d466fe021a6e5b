package landfall.plan.candidate;

/**
 * Something that travels with an image and ends in a cluster resource or the inventory once the
 * image is delivered.
 *
 * @param image where the image goes
 * @param name for {@link Kind#RELEASE_SIGNATURE} the signature's file name in the archive ({@code
 *     TAG-sha256-HEX}); for {@link Kind#CATALOG_SOURCE_TEMPLATE} the name of the template; for
 *     {@link Kind#CATALOG_VERSIONS} the catalog's origin
 * @param content base64 of the signature's bytes, the template's YAML text, or what {@link
 *     CatalogVersions#text} writes
 */
public record Companion(Destination image, Kind kind, String name, String content) {
  /** What it is. */
  public enum Kind {
    RELEASE_SIGNATURE,
    CATALOG_SOURCE_TEMPLATE,
    CATALOG_VERSIONS
  }
}
