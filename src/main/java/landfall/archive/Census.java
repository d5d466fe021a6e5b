package landfall.archive;

/**
 * How much of which kind an archive holds.
 *
 * @param blobs distinct blobs and manifests
 * @param tags distinct tags
 * @param metadata entries found by name
 * @param links links that were checked and not kept
 * @param folders folder entries, ignored
 * @param ignored entries nobody needs or knows, ignored
 * @param unlinked blobs that no link names; oc-mirror writes the links of all blobs of a run
 */
public record Census(
    long blobs, long tags, long metadata, long links, long folders, long ignored, long unlinked) {
  /** Of nothing. */
  public static final Census NONE = new Census(0, 0, 0, 0, 0, 0, 0);
}
