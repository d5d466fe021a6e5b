/** Builds every object once and gives it to Camel; the only place that knows Camel. */
@NullMarked
package landfall.wiring;

import org.jspecify.annotations.NullMarked;
