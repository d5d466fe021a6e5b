package landfall.plan.operator;

import landfall.plan.candidate.Reference;
import landfall.plan.configuration.ImageSetConfiguration.Operator;

/**
 * A catalog the configuration names, and the names oc-mirror derives from that (AF§3.2, AF§3.5).
 *
 * @param reference the catalog's reference, taken apart
 */
record Catalog(Operator operator, Reference reference) {
  private static final String LATEST = "latest";

  /**
   * Takes a catalog's reference apart.
   *
   * @throws IllegalArgumentException when oc-mirror would refuse it
   */
  static Catalog of(Operator operator) {
    Catalog catalog = new Catalog(operator, Reference.parse(operator.catalog()));
    if (catalog.component().isEmpty()) {
      throw new IllegalArgumentException("its path ends with a slash");
    }
    return catalog;
  }

  /** As the sender wrote it. */
  String origin() {
    return operator.catalog();
  }

  /** Whether it is mirrored as it is; every other catalog is filtered and rebuilt. */
  boolean full() {
    return operator.full() && operator.packages().isEmpty();
  }

  /** The folder below {@code operator-catalogs} that holds what oc-mirror knows of it. */
  String component() {
    return reference.component();
  }

  /** Its repository in the archive and below the target's prefix. */
  String path() {
    return operator
        .targetCatalog()
        .orElseGet(() -> reference.docker() ? reference.path() : component());
  }

  /** The tag of the catalog as the sender found it. */
  String tag() {
    if (operator.targetTag().isPresent()) {
      return operator.targetTag().get();
    }
    if (!reference.docker()) {
      return LATEST;
    }
    return reference.tag().or(() -> reference.digest().map(Catalog::tagOf)).orElseThrow();
  }

  /** Whether nothing but the digest of the sender's catalog names it. */
  boolean byDigestOnly() {
    return operator.targetTag().isEmpty() && reference.docker() && reference.digestOnly();
  }

  private static String tagOf(String digest) {
    return digest.replace(':', '-');
  }
}
