package landfall.registry.fault;

/** What a request was for: the same answer means different things to different requests. */
public enum Operation {
  PING("GET", Act.SAME),
  TOKEN("GET", Act.SAME),
  TAG_LIST("GET", Act.SAME),
  BLOB_CHECK("HEAD", Act.SAME),
  /** As {@link #BLOB_CHECK}, by asking for the first byte. */
  BLOB_PEEK("GET", Act.SAME),
  BLOB_GET("GET", Act.SAME),
  BLOB_MOUNT("POST", Act.SAME),
  UPLOAD_START("POST", Act.SAME),
  UPLOAD_PUT("PUT", Act.BLOB),
  UPLOAD_PATCH("PATCH", Act.BLOB),
  UPLOAD_STATUS("GET", Act.SAME),
  /** As {@link #UPLOAD_PATCH}, of bytes that are given up again. */
  TRIAL_PATCH("PATCH", Act.SAME),
  UPLOAD_CANCEL("DELETE", Act.SAME),
  MANIFEST_CHECK("HEAD", Act.SAME),
  MANIFEST_GET("GET", Act.SAME),
  MANIFEST_PUT("PUT", Act.CHECK),
  /** As {@link #MANIFEST_PUT}, under a tag, which may be somebody else's. */
  TAG_PUT("PUT", Act.CHECK);

  private final String method;
  private final Act repeat;

  Operation(String method, Act repeat) {
    this.method = method;
    this.repeat = repeat;
  }

  public String method() {
    return method;
  }

  /** How such a request is repeated when nobody knows whether it took effect. */
  Act repeat() {
    return repeat;
  }

  /** Whether its answer opens or continues an upload session, which may lie elsewhere. */
  public boolean hasSessions() {
    return this == BLOB_MOUNT
        || this == UPLOAD_START
        || this == UPLOAD_PATCH
        || this == TRIAL_PATCH;
  }

  /** Whether it asks for a blob, which may lie elsewhere. */
  public boolean fetchesBlobs() {
    return this == BLOB_CHECK || this == BLOB_PEEK || this == BLOB_GET;
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
