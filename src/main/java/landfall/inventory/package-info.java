/** What a site holds of what was delivered to it, for people and for the sender's oc-mirror. */
@NullMarked
package landfall.inventory;

import org.jspecify.annotations.NullMarked;
