/**
 * Last step: says what became of an archive, to people and programs, and puts the archive where it
 * belongs.
 */
@NullMarked
package landfall.report;

import org.jspecify.annotations.NullMarked;
