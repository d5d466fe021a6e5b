/** The rules of the house, and the whole flow. */
@NullMarked
package landfall;

import org.jspecify.annotations.NullMarked;
