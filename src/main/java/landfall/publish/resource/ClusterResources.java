package landfall.publish.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every resource a cluster needs to find what was delivered (AF§5). What cannot be said about one
 * image becomes a warning and keeps nothing else from being written.
 */
public final class ClusterResources {
  /** The file of the UpdateService. */
  public static final String UPDATE_SERVICE = UpdateServices.FILE;

  private ClusterResources() {}

  /**
   * The files for a delivery.
   *
   * @param names of all its catalogs
   */
  public static Resources of(Delivery delivery, Mirrors mirrors, CatalogNames names, Stamp stamp) {
    List<ResourceFile> files = new ArrayList<>(MirrorSets.files(mirrors.all(), stamp));
    List<String> warnings = new ArrayList<>(mirrors.warnings());
    for (Delivered catalog : delivery.catalogs()) {
      String stem = names.stem(catalog);
      names.warning(catalog).ifPresent(warnings::add);
      Optional<CatalogSourceTemplate> template = template(delivery, catalog, warnings);
      files.add(CatalogSources.file(catalog, stem, template, stamp));
      files.add(ClusterCatalogs.file(catalog, stem, stamp));
    }
    files.addAll(SignatureConfigMaps.files(delivery.signaturesOfDelivered(), stamp));
    UpdateServices.file(delivery.images(), stamp).ifPresent(files::add);
    return new Resources(files, warnings);
  }

  private static Optional<CatalogSourceTemplate> template(
      Delivery delivery, Delivered catalog, List<String> warnings) {
    try {
      return Optional.ofNullable(delivery.templates().get(catalog.destination()))
          .map(CatalogSourceTemplate::parse);
    } catch (IllegalArgumentException refused) {
      warnings.add(
          "the CatalogSource template for "
              + catalog.destination()
              + " is not used, its CatalogSource is the plain one: "
              + refused.getMessage());
      return Optional.empty();
    }
  }
}
