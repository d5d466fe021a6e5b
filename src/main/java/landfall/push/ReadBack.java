package landfall.push;

/** How much of an image is proven to be in its repository before its tag moves. */
public enum ReadBack {
  /** Manifests are fetched and compared, blobs asked for. */
  MANIFESTS,
  /** Blobs are fetched and hashed as well. */
  FULL
}
