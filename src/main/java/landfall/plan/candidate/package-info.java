/**
 * What a configuration asks for before it was looked for in the archive: references taken apart,
 * where each image lies in the archive, and where it goes.
 */
@NullMarked
package landfall.plan.candidate;

import org.jspecify.annotations.NullMarked;
