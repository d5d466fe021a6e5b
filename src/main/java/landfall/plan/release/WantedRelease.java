package landfall.plan.release;

import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.plan.candidate.Reference;

/**
 * A release somebody asked for, known by the digest of its image.
 *
 * @param name of the image's repository, host included
 */
record WantedRelease(String name, Digest digest) {
  /**
   * Takes a reference apart.
   *
   * @param source who names it
   * @throws Rejected REF_INVALID when it tells no digest
   */
  static WantedRelease of(String source, String text) {
    try {
      ReleaseImages.requirePrintable(text);
      Reference reference = Reference.parse(text);
      String digest =
          reference.digest().orElseThrow(() -> new IllegalArgumentException("it has no digest"));
      return new WantedRelease(reference.name(), Digest.parse(digest));
    } catch (IllegalArgumentException unusable) {
      throw new Rejected(
          Code.REF_INVALID,
          source + " names release image '" + text + "': " + unusable.getMessage(),
          unusable);
    }
  }

  /** The reference by digest. */
  String reference() {
    return name + "@" + digest;
  }
}
