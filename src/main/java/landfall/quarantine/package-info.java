/** Archives that were refused: untouched bytes, the reason beside them, and the review of both. */
@NullMarked
package landfall.quarantine;

import org.jspecify.annotations.NullMarked;
