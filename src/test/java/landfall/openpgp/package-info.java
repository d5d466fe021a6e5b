@NullMarked
package landfall.openpgp;

import org.jspecify.annotations.NullMarked;
