package landfall.plan.candidate;

/**
 * One reason why an image is delivered: what the sender asked for and where the archive has it.
 *
 * @param origin the reference as the sender wrote it
 * @param attribution how the origin is known
 */
public record Claim(ImageType type, String origin, CacheReference source, Attribution attribution) {
  /** For what the configuration asks for. */
  public Claim(ImageType type, String origin, CacheReference source) {
    this(type, origin, source, Attribution.STATED);
  }
}
