@NullMarked
package landfall.plan.release;

import org.jspecify.annotations.NullMarked;
