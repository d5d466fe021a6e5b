package landfall.plan.candidate;

/**
 * One reason why an image is delivered: what the sender asked for and where the archive has it.
 *
 * @param origin the reference as the sender wrote it
 */
public record Claim(ImageType type, String origin, CacheReference source) {}
