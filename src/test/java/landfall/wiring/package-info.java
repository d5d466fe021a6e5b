@NullMarked
package landfall.wiring;

import org.jspecify.annotations.NullMarked;
