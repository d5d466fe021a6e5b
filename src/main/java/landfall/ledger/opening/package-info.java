/** What is done with a ledger's file before it is worked with: checked, copied, migrated. */
@NullMarked
package landfall.ledger.opening;

import org.jspecify.annotations.NullMarked;
