/** What tests bring along of the world outside. */
@NullMarked
package landfall.fake;

import org.jspecify.annotations.NullMarked;
