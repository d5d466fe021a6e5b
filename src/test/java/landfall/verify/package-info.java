@NullMarked
package landfall.verify;

import org.jspecify.annotations.NullMarked;
