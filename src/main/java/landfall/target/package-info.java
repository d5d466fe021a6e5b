/** A registry that images go to, as the operator describes it. */
@NullMarked
package landfall.target;

import org.jspecify.annotations.NullMarked;
