/** Mirror settings for machines that have no cluster yet, or none at all. */
@NullMarked
package landfall.publish.node;

import org.jspecify.annotations.NullMarked;
