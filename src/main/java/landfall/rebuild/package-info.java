/**
 * Brings ledger and folders together again: re-derives a lost ledger from receipts and registries,
 * and says at every start where the two disagree. It claims nothing that it has not seen.
 */
@NullMarked
package landfall.rebuild;

import org.jspecify.annotations.NullMarked;
