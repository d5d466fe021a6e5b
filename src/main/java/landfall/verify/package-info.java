/** Second step: the bytes are what the checksum file promised, by one sequential read. */
@NullMarked
package landfall.verify;

import org.jspecify.annotations.NullMarked;
