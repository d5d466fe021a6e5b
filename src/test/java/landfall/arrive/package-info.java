/** Tests. */
@NullMarked
package landfall.arrive;

import org.jspecify.annotations.NullMarked;
