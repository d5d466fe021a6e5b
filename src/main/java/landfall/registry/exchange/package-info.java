/**
 * One call and its answer: who we are, where the registry points, what ties calls together. Gives
 * what the fault table calls a success, or a fault for it to judge.
 */
@NullMarked
package landfall.registry.exchange;

import org.jspecify.annotations.NullMarked;
