@NullMarked
package landfall.folders;

import org.jspecify.annotations.NullMarked;
