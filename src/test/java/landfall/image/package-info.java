/** Tests. */
@NullMarked
package landfall.image;

import org.jspecify.annotations.NullMarked;
