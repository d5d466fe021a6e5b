package landfall.plan.leftover;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Reference;
import landfall.plan.configuration.ImageSetConfiguration;
import landfall.plan.configuration.ImageSetConfiguration.Operator;

/** Says where the catalogs lie that a configuration's own catalogs were made from (AF§3.2). */
public final class Originals {
  private Originals() {}

  /** The original of each catalog. */
  public static Set<CacheReference> of(ImageSetConfiguration configuration) {
    Set<CacheReference> originals = new HashSet<>();
    configuration.operators().forEach(operator -> original(operator).ifPresent(originals::add));
    return originals;
  }

  private static Optional<CacheReference> original(Operator operator) {
    try {
      Reference reference = Reference.parse(operator.catalog());
      String own = reference.docker() ? reference.path() : reference.component();
      String tag =
          operator
              .targetTag()
              .or(reference::tag)
              .or(() -> reference.digest().map(digest -> digest.replace(':', '-')))
              .orElse("latest");
      return Optional.of(
          new CacheReference(
              new RepositoryName(operator.targetCatalog().orElse(own)), new Tag(tag)));
    } catch (IllegalArgumentException noReference) {
      return Optional.empty();
    }
  }
}
