/**
 * Sixth step: the cluster resources of a target are written for what was really delivered. They
 * appear whole or not at all.
 */
@NullMarked
package landfall.publish;

import org.jspecify.annotations.NullMarked;
