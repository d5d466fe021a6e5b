@NullMarked
package landfall.inventory;

import org.jspecify.annotations.NullMarked;
