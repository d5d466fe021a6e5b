/**
 * Fifth step: every image of a plan goes to its registry, byte for byte, blobs before manifests and
 * the tag last.
 */
@NullMarked
package landfall.push;

import org.jspecify.annotations.NullMarked;
