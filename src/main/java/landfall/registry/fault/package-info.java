/**
 * What a single request does about a fault: one table from what was seen to what is done, and the
 * loop that obeys it. Knows nothing of blobs, manifests or credentials.
 */
@NullMarked
package landfall.registry.fault;

import org.jspecify.annotations.NullMarked;
