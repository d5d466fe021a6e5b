/** Landfall: brings oc-mirror archives ashore. The folders beside this file are the flow. */
@NullMarked
package landfall;

import org.jspecify.annotations.NullMarked;
