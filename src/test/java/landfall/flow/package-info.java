/** Tests. */
@NullMarked
package landfall.flow;

import org.jspecify.annotations.NullMarked;
