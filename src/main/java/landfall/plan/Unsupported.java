package landfall.plan;

import landfall.failure.Code;

/**
 * A kind of content that the archive is meant to bring and that this version does not deliver.
 *
 * @param kind the section of the image set configuration: platform or helm
 */
public record Unsupported(String kind, String sentence) {
  /** Always the same: the reason is this program. */
  public Code code() {
    return Code.NOT_SUPPORTED;
  }
}
