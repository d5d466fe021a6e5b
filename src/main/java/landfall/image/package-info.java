/** The words of the registry world, parsed or refused: digests, repositories, tags, manifests. */
@NullMarked
package landfall.image;

import org.jspecify.annotations.NullMarked;
