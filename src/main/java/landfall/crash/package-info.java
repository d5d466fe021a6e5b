/** Named places before and after every durable step, where a test may end the process. */
@NullMarked
package landfall.crash;

import org.jspecify.annotations.NullMarked;
