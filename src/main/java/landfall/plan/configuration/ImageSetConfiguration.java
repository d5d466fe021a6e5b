package landfall.plan.configuration;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the sender asked oc-mirror to mirror, in oc-mirror's own words.
 *
 * @param name of the document it was read from
 * @param blockedImages patterns of images to leave out
 * @param samples names oc-mirror accepts and never acts on
 * @param archiveSize GiB a chunk may have
 */
public record ImageSetConfiguration(
    String name,
    Platform platform,
    List<Operator> operators,
    List<AdditionalImage> additionalImages,
    Helm helm,
    List<String> blockedImages,
    List<String> samples,
    OptionalLong archiveSize) {
  public ImageSetConfiguration {
    operators = List.copyOf(operators);
    additionalImages = List.copyOf(additionalImages);
    blockedImages = List.copyOf(blockedImages);
    samples = List.copyOf(samples);
  }

  /** One that asks for nothing. */
  public static ImageSetConfiguration none(String name) {
    return new ImageSetConfiguration(
        name,
        Platform.NONE,
        List.of(),
        List.of(),
        Helm.NONE,
        List.of(),
        List.of(),
        OptionalLong.empty());
  }

  /** OpenShift releases to mirror. */
  public record Platform(
      List<ReleaseChannel> channels,
      List<String> architectures,
      List<InstancePlatform> platforms,
      boolean graph,
      Optional<String> release,
      boolean kubeVirtContainer) {
    public static final Platform NONE =
        new Platform(List.of(), List.of(), List.of(), false, Optional.empty(), false);

    public Platform {
      channels = List.copyOf(channels);
      architectures = List.copyOf(architectures);
      platforms = List.copyOf(platforms);
    }
  }

  /** A release channel and the versions wanted of it. */
  public record ReleaseChannel(
      String name,
      Optional<String> type,
      Optional<String> minVersion,
      Optional<String> maxVersion,
      boolean shortestPath,
      boolean full) {}

  /** An operator catalog and the packages wanted of it. */
  public record Operator(
      String catalog,
      Optional<String> targetCatalog,
      Optional<String> targetTag,
      Optional<String> targetCatalogSourceTemplate,
      boolean full,
      boolean skipDependencies,
      List<OperatorPackage> packages,
      List<InstancePlatform> platforms) {
    public Operator {
      packages = List.copyOf(packages);
      platforms = List.copyOf(platforms);
    }
  }

  /** A package of a catalog. */
  public record OperatorPackage(
      String name,
      List<OperatorChannel> channels,
      Optional<String> defaultChannel,
      Optional<String> minVersion,
      Optional<String> maxVersion) {
    public OperatorPackage {
      channels = List.copyOf(channels);
    }
  }

  /** A channel of a package. */
  public record OperatorChannel(
      String name, Optional<String> minVersion, Optional<String> maxVersion) {}

  /**
   * An image named one by one.
   *
   * @param platforms instances of a multi-architecture image that were mirrored; empty = all
   */
  public record AdditionalImage(
      String name,
      Optional<String> targetRepo,
      Optional<String> targetTag,
      List<InstancePlatform> platforms) {
    public AdditionalImage {
      platforms = List.copyOf(platforms);
    }
  }

  /** Operating system and architecture of one instance of an image. */
  public record InstancePlatform(String os, String architecture) {
    @Override
    public String toString() {
      return os + "/" + architecture;
    }
  }

  /** Helm charts whose images are mirrored. */
  public record Helm(List<HelmRepository> repositories, List<Chart> local) {
    static final Helm NONE = new Helm(List.of(), List.of());

    public Helm {
      repositories = List.copyOf(repositories);
      local = List.copyOf(local);
    }

    /** Whether it asks for any image. */
    public boolean asksForImages() {
      return !repositories.isEmpty() || !local.isEmpty();
    }
  }

  /**
   * A helm repository and the charts wanted of it.
   *
   * @param whole whether it names no charts and wants all of them
   */
  public record HelmRepository(String name, String url, List<Chart> charts, boolean whole) {
    public HelmRepository {
      charts = List.copyOf(charts);
    }
  }

  /** A helm chart. */
  public record Chart(
      String name,
      Optional<String> version,
      Optional<String> path,
      List<String> imagePaths,
      List<InstancePlatform> platforms) {
    public Chart {
      imagePaths = List.copyOf(imagePaths);
      platforms = List.copyOf(platforms);
    }
  }
}
