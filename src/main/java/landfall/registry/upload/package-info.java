/** How a blob gets into a repository: mounted, whole, or in pieces where nothing else passes. */
@NullMarked
package landfall.registry.upload;

import org.jspecify.annotations.NullMarked;
