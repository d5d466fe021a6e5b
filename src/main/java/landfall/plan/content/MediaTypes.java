package landfall.plan.content;

import landfall.image.ManifestType;

/** Tells indexes from images by their media type. */
final class MediaTypes {
  static final String OCI_INDEX = ManifestType.OCI_INDEX.mediaType();
  static final String OCI_IMAGE = ManifestType.OCI_IMAGE.mediaType();

  private MediaTypes() {}

  static boolean index(String mediaType) {
    return ManifestType.of(mediaType).filter(ManifestType::index).isPresent();
  }

  static boolean image(String mediaType) {
    return ManifestType.of(mediaType).filter(type -> !type.index()).isPresent();
  }
}
