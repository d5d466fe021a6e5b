package landfall.registry.personality;

import static landfall.failure.Code.MEDIATYPE_REJECTED;
import static landfall.failure.Code.NAME_REJECTED;
import static landfall.failure.Code.PROXY_BODY_LIMIT;
import static landfall.failure.Code.REFERENCE_UNKNOWN;
import static landfall.failure.Code.REGISTRY_AUTH;
import static landfall.failure.Code.REGISTRY_DENIED;
import static landfall.failure.Code.REGISTRY_DOWN;
import static landfall.failure.Code.REGISTRY_QUOTA;
import static landfall.failure.Code.REGISTRY_READONLY;
import static landfall.failure.Code.REPO_MISSING;
import static landfall.failure.Code.RETRIES_EXHAUSTED;
import static landfall.failure.Code.SESSION_AFFINITY;
import static landfall.failure.Code.TAG_CONFLICT;
import static landfall.registry.personality.Quirk.ARTIFACTS_LISTED;
import static landfall.registry.personality.Quirk.CHILDREN_FIRST;
import static landfall.registry.personality.Quirk.DIGESTS_ROT;
import static landfall.registry.personality.Quirk.LATE_QUOTA;
import static landfall.registry.personality.Quirk.LOCKS_UNDER_LOAD;
import static landfall.registry.personality.Quirk.LOST_PIECES;
import static landfall.registry.personality.Quirk.MANIFESTS_COLLIDE;
import static landfall.registry.personality.Quirk.NO_DOCKER_MANIFESTS;
import static landfall.registry.personality.Quirk.NO_SPARSE_INDEX;
import static landfall.registry.personality.Quirk.PROJECT_FIRST;
import static landfall.registry.personality.Quirk.REPOSITORY_FIRST;
import static landfall.registry.personality.Quirk.SERVER_ERRORS_FOR_GOOD;
import static landfall.registry.personality.Quirk.SHORT_PIECES;
import static landfall.registry.personality.Quirk.STRICT_LENGTH;
import static landfall.registry.personality.Quirk.TWO_PATH_PARTS;
import static landfall.registry.personality.Quirk.WHOLE_BODY_TIMEOUT;
import static landfall.registry.personality.Quirk.WRAPPED_REFUSALS;
import static landfall.registry.personality.Sign.body;
import static landfall.registry.personality.Sign.field;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import landfall.failure.Code;

/**
 * The kinds of registries there are: by which signs each is known, its quirks, and what a person
 * should know when it refuses something. Who is told apart by nothing is {@link #UNKNOWN}.
 */
@SuppressWarnings("ImmutableEnumChecker") // what the constructor keeps are copies that never change
public enum Personality {
  QUAY(
      "Quay or mirror-registry",
      List.of(
          field("X-Sparse-Manifest-Support", ""),
          field("WWW-Authenticate", "realm=\"[^\"]*/v2/auth\"|realm=\"quay\""),
          body(
              "\"is_readonly\"|Quota has been exceeded on namespace|Could not find child manifest")),
      EnumSet.of(
          DIGESTS_ROT,
          LOCKS_UNDER_LOAD,
          MANIFESTS_COLLIDE,
          CHILDREN_FIRST,
          NO_SPARSE_INDEX,
          ARTIFACTS_LISTED,
          PROJECT_FIRST,
          LATE_QUOTA),
      Map.of(
          REGISTRY_AUTH,
          "Quay answers so, too, where the organisation does not exist: create it, or set"
              + " CREATE_NAMESPACE_ON_PUSH",
          NAME_REJECTED,
          "Quay takes nested names with FEATURE_EXTENDED_REPOSITORY_NAMES only; else set"
              + " maxNestedPaths: 2 for this target",
          MEDIATYPE_REJECTED,
          "allow the type in Quay's ALLOWED_OCI_ARTIFACT_TYPES",
          REFERENCE_UNKNOWN,
          "Quay wants every instance of an index unless FEATURE_SPARSE_INDEX is set",
          REGISTRY_QUOTA,
          "raise the organisation's quota in Quay",
          PROXY_BODY_LIMIT,
          "raise Quay's MAXIMUM_LAYER_SIZE")),
  HARBOR(
      "Harbor",
      List.of(
          field("WWW-Authenticate", "service=\"harbor-registry\"|/service/token\""),
          body("project \\S+ not found|configured as immutable|system is in read only mode"),
          body("of storage resource, which when updated")),
      EnumSet.of(PROJECT_FIRST, LATE_QUOTA),
      Map.of(
          REGISTRY_AUTH,
          "Harbor answers so, too, where the project does not exist: create it",
          REGISTRY_QUOTA,
          "raise the project's quota in Harbor",
          REGISTRY_READONLY,
          "Harbor is read-only while it collects garbage, or its administrator has set it so",
          TAG_CONFLICT,
          "an immutability rule of the Harbor project holds this tag")),
  NEXUS(
      "Nexus",
      List.of(
          field("Server", "^Nexus/"),
          field("WWW-Authenticate", "Sonatype Nexus"),
          body("Invalid docker content")),
      EnumSet.of(STRICT_LENGTH, NO_SPARSE_INDEX),
      Map.of(
          REGISTRY_AUTH,
          "activate the Docker Bearer Token Realm in Nexus",
          RETRIES_EXHAUSTED,
          "switch Strict Content Type Validation off in the Nexus repository, and see that nothing"
              + " on the way takes the length away")),
  ARTIFACTORY(
      "Artifactory",
      List.of(
          field("X-JFrog-Version", ""),
          field("X-Artifactory-Id", ""),
          field("Server", "^Artifactory")),
      EnumSet.of(WRAPPED_REFUSALS),
      Map.of(
          REGISTRY_DENIED,
          "Artifactory wraps what lies behind it: the account needs deploy and, for tags that move,"
              + " delete and overwrite",
          REGISTRY_DOWN,
          "Artifactory's own storage does not answer")),
  ZOT(
      "zot",
      List.of(
          field("Blob-Upload-UUID", ""),
          field("X-Zot-Cluster-Hop-Count", ""),
          field("WWW-Authenticate", "realm=\"zot\""),
          body("\"message\":\"[^\"]*\",\"description\":\"")),
      EnumSet.of(NO_DOCKER_MANIFESTS, CHILDREN_FIRST, WHOLE_BODY_TIMEOUT),
      Map.of(
          MEDIATYPE_REJECTED,
          "zot takes docker manifests, which OpenShift's images are, only with"
              + " \"compat\": [\"docker2s2\"] in the http section of its configuration",
          REGISTRY_DOWN,
          "where it breaks off after a minute, raise readTimeout in zot's http section")),
  ECR(
      "Amazon ECR",
      List.of(
          field("WWW-Authenticate", "service=\"ecr\\.amazonaws\\.com\""),
          body("does not exist in the registry with id|authorization token has expired"),
          body("cannot be overwritten because the tag is immutable")),
      EnumSet.of(REPOSITORY_FIRST, LOST_PIECES),
      Map.of(
          REPO_MISSING,
          "ECR makes no repository by itself: create it, or a repository creation template",
          REGISTRY_AUTH,
          "a login at ECR lasts 12 hours: write a fresh one into the auth file",
          TAG_CONFLICT,
          "switch tag immutability off for the ECR repository")),
  GHCR("ghcr.io", List.of(field("X-GitHub-Request-Id", "")), EnumSet.of(SHORT_PIECES), Map.of()),
  OPENSHIFT(
      "OpenShift's registry",
      List.of(
          field("X-Registry-Supports-Signatures", ""),
          field("WWW-Authenticate", "/openshift/token\"")),
      EnumSet.of(TWO_PATH_PARTS, DIGESTS_ROT, PROJECT_FIRST),
      Map.of(
          REPO_MISSING,
          "OpenShift's registry takes project/name only: set maxNestedPaths: 2 for this target, and"
              + " create the project",
          NAME_REJECTED,
          "OpenShift's registry takes project/name only: set maxNestedPaths: 2 for this target",
          REGISTRY_DENIED,
          "the account needs the role registry-editor in the project")),
  DISTRIBUTION_2(
      "docker distribution 2",
      List.of(field("Content-Type", "^application/json; charset=utf-8$")),
      EnumSet.of(SERVER_ERRORS_FOR_GOOD, NO_SPARSE_INDEX),
      replicas()),
  DISTRIBUTION_3(
      "docker distribution 3",
      List.of(field("Content-Type", "^application/json$")),
      EnumSet.of(NO_SPARSE_INDEX),
      replicas()),
  UNKNOWN("a registry of no known kind", List.of(), EnumSet.of(MANIFESTS_COLLIDE), Map.of());

  private static final String API = "Docker-Distribution-Api-Version";

  private final String title;
  private final List<Sign> signs;
  private final Set<Quirk> quirks;
  private final Map<Code, String> advice;

  Personality(String title, List<Sign> signs, Set<Quirk> quirks, Map<Code, String> advice) {
    this.title = title;
    this.signs = List.copyOf(signs);
    this.quirks = Set.copyOf(quirks);
    this.advice = Map.copyOf(advice);
  }

  private static Map<Code, String> replicas() {
    return Map.of(SESSION_AFFINITY, "all replicas need the same http.secret and the same storage");
  }

  /**
   * Who answers so.
   *
   * @param fields all values of a header field
   */
  public static Personality of(Function<String, List<String>> fields, String body) {
    for (Personality each : values()) {
      if (each.signs.stream().anyMatch(sign -> sign.isIn(fields, body))
          && (!each.isPlain() || speaksForItself(fields))) {
        return each;
      }
    }
    return UNKNOWN;
  }

  /** Many are built on distribution; what is known of it holds where nothing else stands before. */
  private static boolean speaksForItself(Function<String, List<String>> fields) {
    return !fields.apply(API).isEmpty() && fields.apply("Server").isEmpty();
  }

  /** Whether another sign may still tell more. */
  public boolean isPlain() {
    return this == UNKNOWN || this == DISTRIBUTION_2 || this == DISTRIBUTION_3;
  }

  /** Its name, for people. */
  public String title() {
    return title;
  }

  public Set<Quirk> quirks() {
    return quirks;
  }

  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /** How many images at a time it bears by experience. */
  public int mostImages() {
    return has(LOCKS_UNDER_LOAD) ? 4 : Integer.MAX_VALUE;
  }

  /** What a person should know when it refuses something with that code. */
  public Optional<String> advice(Code code) {
    return Optional.ofNullable(advice.get(code));
  }
}
