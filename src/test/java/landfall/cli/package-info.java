/** Tests. */
@NullMarked
package landfall.cli;

import org.jspecify.annotations.NullMarked;
