/**
 * First step: files in the drop become an {@link landfall.arrive.Arrival}, once their copy is
 * complete.
 */
@NullMarked
package landfall.arrive;

import org.jspecify.annotations.NullMarked;
