package landfall.publish.resource;

import java.util.Optional;
import java.util.regex.Pattern;
import landfall.plan.candidate.Reference;

/**
 * A source that a cluster asks for and the place it is sent to instead.
 *
 * @param source a registry, namespace or repository
 * @param mirror the same of the target
 */
record MirrorScope(String source, String mirror) {
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

  /** A host that cannot be mistaken for a path component: with a dot or a port. */
  private static final Pattern HOST =
      Pattern.compile(LABEL + "(?:(?:\\." + LABEL + ")+(?::\\d{1,5})?|:\\d{1,5})");

  private static final Pattern PATH =
      Pattern.compile("[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*");

  private static final String DOCKER_LIBRARY = "docker.io/library/";
  private static final String LIBRARY = "library";

  /**
   * The scope oc-mirror would choose (AF§5.1): the namespace where the paths end alike, textually,
   * else the repository.
   *
   * <p>For Docker Hub's short names it would name the source {@code ""} or {@code library}, and
   * send every image of the world to the mirror. Those get their full name and repository scope.
   *
   * @return empty when the origin names no registry that a cluster could ask
   */
  static Optional<MirrorScope> of(Reference origin, Delivered image, boolean repositoryScope) {
    String repository = image.name();
    if (!origin.docker() || !PATH.matcher(origin.path()).matches()) {
      return Optional.empty();
    }
    if (origin.domain().isEmpty() || origin.domain().equals(LIBRARY)) {
      return Optional.of(new MirrorScope(DOCKER_LIBRARY + origin.path(), repository));
    }
    if (!HOST.matcher(origin.domain()).matches()) {
      return Optional.empty();
    }
    if (repositoryScope || !image.destination().repository().path().endsWith(origin.path())) {
      return Optional.of(new MirrorScope(origin.name(), repository));
    }
    return Optional.of(new MirrorScope(parent(origin.name()), parent(repository)));
  }

  private static String parent(String name) {
    return name.substring(0, name.lastIndexOf('/'));
  }
}
