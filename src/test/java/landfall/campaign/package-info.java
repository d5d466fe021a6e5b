/**
 * The durability campaign: Landfall as a process of its own, killed, starved and cut off, with
 * proofs read from the registry and the disk. {@code src/bench/campaign} runs it.
 */
@NullMarked
package landfall.campaign;

import org.jspecify.annotations.NullMarked;
