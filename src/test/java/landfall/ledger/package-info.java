/** Tests. */
@NullMarked
package landfall.ledger;

import org.jspecify.annotations.NullMarked;
