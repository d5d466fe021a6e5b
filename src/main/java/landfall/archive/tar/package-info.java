/** A strict tar reader: what other readers pass over in silence is refused here. */
@NullMarked
package landfall.archive.tar;

import org.jspecify.annotations.NullMarked;
