@NullMarked
package landfall.plan.leftover;

import org.jspecify.annotations.NullMarked;
