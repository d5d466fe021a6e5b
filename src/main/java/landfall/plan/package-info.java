/**
 * Fourth step: what an opened archive means for one target: which image goes where, in which order,
 * and what is missing. Nothing is contacted and nothing is written.
 */
@NullMarked
package landfall.plan;

import org.jspecify.annotations.NullMarked;
