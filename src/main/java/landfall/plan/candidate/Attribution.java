package landfall.plan.candidate;

/** How it is known what an image was called at its source, the surest first (AF§10). */
public enum Attribution {
  /** The configuration names it, or what it names does. */
  STATED("configuration"),
  /** A release lists it in its image-references. */
  RELEASE_MANIFEST("releaseManifest"),
  /** The update graph names it. */
  UPDATE_GRAPH("updateGraph"),
  /** A catalog names it as a related image. */
  CATALOG("catalog"),
  /** A log of oc-mirror says it was copied. */
  LOG("log"),
  /** A dry run of oc-mirror lists it. */
  DRY_RUN("dryRun"),
  /** A list of images to delete names it. */
  DELETE_LIST("deleteList"),
  /** Its cosign signature names the repository. */
  SIGNATURE("signature"),
  /** A chart that did not render has the repository in its text. */
  CHART_TEXT("chartText"),
  /** Nothing in the archive tells. */
  UNKNOWN("unknown");

  private final String word;

  Attribution(String word) {
    this.word = word;
  }

  /** How receipts call it. */
  public String word() {
    return word;
  }
}
