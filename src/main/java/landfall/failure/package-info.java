/**
 * What can go wrong, by consequence: every refusal has one code, one sentence and one next step.
 */
@NullMarked
package landfall.failure;

import org.jspecify.annotations.NullMarked;
