@NullMarked
package landfall.plan.helm;

import org.jspecify.annotations.NullMarked;
