package landfall.plan.operator;

import java.util.Optional;
import landfall.image.Tag;
import landfall.plan.candidate.CacheReference;

/**
 * Where the archive has a catalog.
 *
 * @param source its image
 * @param tag what its image is called in the target
 * @param content the folder with its file-based catalog, a slash at its end
 * @param warning what a person should know of how it was found
 */
record FoundCatalog(CacheReference source, Tag tag, String content, Optional<String> warning) {}
