package landfall.plan.operator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.CatalogVersions;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.CollectedVersions;
import landfall.plan.candidate.Companion;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;
import landfall.plan.configuration.ImageSetConfiguration.Operator;

/**
 * Says of each operator catalog, and of every image its bundles name, where oc-mirror put it in the
 * archive and where it goes (AF§3.2, AF§3.5).
 *
 * <p>A catalog that cannot be read is refused; what only it explains stays behind, everything else
 * goes.
 */
public final class Operators {
  private final Order order;
  private final OperatorImages images;
  private final CatalogSourceTemplates templates;
  private final List<LoadedCatalog> loaded = new ArrayList<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<RefusedImage> refused = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Companion> companions = new ArrayList<>();

  private Operators(Order order, Optional<Path> templates) {
    this.order = order;
    this.images = new OperatorImages(order);
    this.templates = new CatalogSourceTemplates(templates, order.configuration().operators());
  }

  /**
   * Everything the configuration's operators ask for.
   *
   * @param templates the folder with this site's CatalogSource templates
   * @throws landfall.failure.Waiting when a chunk with a catalog's content has not come yet
   */
  public static Candidates collect(Order order, Optional<Path> templates) {
    Operators operators = new Operators(order, templates);
    order.configuration().operators().forEach(operators::load);
    Candidates images = operators.images.candidates();
    operators.loaded.forEach(operators::catalog);
    operators.warnings.addAll(operators.templates.warnings());
    return images.plus(
        new Candidates(
            operators.candidates, operators.refused, operators.warnings, operators.companions));
  }

  private void load(Operator operator) {
    Optional<Destination> destination = Optional.empty();
    try {
      Catalog catalog = Catalog.of(operator);
      FoundCatalog found = new CatalogFolder(order.opened(), catalog).find();
      found.warning().ifPresent(warnings::add);
      destination = Optional.of(order.names().place(catalog.path(), found.tag()));
      List<Bundle> bundles = FileBasedCatalog.load(order.opened().contents(), found.content());
      Set<OperatorImage> named = images.add(bundles, operator.platforms());
      loaded.add(new LoadedCatalog(catalog, found, destination.get(), named, versions(bundles)));
    } catch (IllegalArgumentException unusable) {
      refuse(operator, destination, Code.REF_INVALID, String.valueOf(unusable.getMessage()));
    } catch (ImageRefused missing) {
      refuse(operator, destination, missing.code(), missing.sentence());
    } catch (Rejected unreadable) {
      if (unreadable.code() == Code.CHANGED_DURING_READ) {
        throw unreadable;
      }
      refuse(operator, destination, unreadable.code(), unreadable.sentence());
    }
  }

  private static CatalogVersions versions(List<Bundle> bundles) {
    CollectedVersions collected = new CollectedVersions();
    bundles.forEach(bundle -> collected.add(bundle.packageName(), bundle.version()));
    return collected.versions();
  }

  private void catalog(LoadedCatalog one) {
    Operator operator = one.catalog().operator();
    String unflattened = order.names().unflattened(one.catalog().path(), one.found().tag().name());
    if (order.blocked().block(operator.catalog()) || order.blocked().block(unflattened)) {
      return;
    }
    Optional<OperatorImage> unusable = OperatorImages.unusable(one.images().stream());
    if (unusable.isPresent()) {
      refuse(
          operator,
          Optional.of(one.destination()),
          Code.DEPENDENCY_FAILED,
          "it is held back because '"
              + unusable.get().origin()
              + "', which a bundle of it needs, is refused");
      return;
    }
    candidates.add(
        new Candidate(
            new Claim(ImageType.CATALOG, operator.catalog(), one.found().source()),
            one.destination(),
            platforms(operator.catalog()),
            Optional.empty(),
            OperatorImages.destinations(one.images())));
    templates.of(operator.catalog(), one.destination()).ifPresent(companions::add);
    companions.add(
        new Companion(
            one.destination(),
            Companion.Kind.CATALOG_VERSIONS,
            operator.catalog(),
            one.versions().text()));
  }

  /** oc-mirror keeps instances by origin, so entries of one catalog share them. */
  private Set<String> platforms(String catalog) {
    Set<String> platforms = new HashSet<>();
    order.configuration().operators().stream()
        .filter(operator -> operator.catalog().equals(catalog))
        .flatMap(operator -> operator.platforms().stream())
        .map(InstancePlatform::toString)
        .forEach(platforms::add);
    return platforms;
  }

  private void refuse(
      Operator operator, Optional<Destination> destination, Code code, String sentence) {
    refused.add(
        new RefusedImage(
            ImageType.CATALOG,
            operator.catalog(),
            destination,
            Optional.empty(),
            code,
            "catalog " + operator.catalog() + ": " + sentence));
  }

  /** A catalog whose content is known. */
  private record LoadedCatalog(
      Catalog catalog,
      FoundCatalog found,
      Destination destination,
      Set<OperatorImage> images,
      CatalogVersions versions) {}
}
