package landfall.registry.personality;

/** A way in which a registry differs from what the specification lets one expect. */
public enum Quirk {
  DIGESTS_ROT("content without a tag is collected after an hour: every image ends with a tag"),
  LOCKS_UNDER_LOAD("many uploads at a time make its database answer 5xx: few at a time"),
  MANIFESTS_COLLIDE("two manifests at a time in a repository may be refused: one after the other"),
  CHILDREN_FIRST("an index is refused until what it lists is there: instances go first"),
  NO_SPARSE_INDEX("an index is refused when an instance it lists is left out"),
  ARTIFACTS_LISTED("only artifact types that its settings list are taken"),
  NO_DOCKER_MANIFESTS("docker manifests are refused unless its settings allow them"),
  TWO_PATH_PARTS("a repository has exactly two path parts, project and name"),
  REPOSITORY_FIRST("a repository has to exist before anything is sent to it"),
  PROJECT_FIRST("a project or organisation has to exist; its absence looks like a wrong password"),
  LATE_QUOTA("a quota is enforced only when an upload ends"),
  WRAPPED_REFUSALS("what lies behind it answers inside a 400"),
  STRICT_LENGTH("a request without a length is refused"),
  SHORT_PIECES("a piece of an upload may have 4 MiB at most: blobs go in one request"),
  LOST_PIECES("later pieces of an upload may be lost: blobs go in one request"),
  WHOLE_BODY_TIMEOUT("the whole body of a request has to come within a minute"),
  SERVER_ERRORS_FOR_GOOD("500 may mean that an image is refused for good");

  private final String words;

  Quirk(String words) {
    this.words = words;
  }

  /** What it is, and what Landfall does about it. */
  public String words() {
    return words;
  }
}
