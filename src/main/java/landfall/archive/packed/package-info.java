/** Millions of short texts and numbers in few arrays. */
@NullMarked
package landfall.archive.packed;

import org.jspecify.annotations.NullMarked;
