/** The queue's hand: takes what the ledger says is runnable and brings it on its way. */
@NullMarked
package landfall.dispatch;

import org.jspecify.annotations.NullMarked;
