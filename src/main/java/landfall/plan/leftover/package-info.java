/**
 * What an archive holds and its configuration does not explain (AF§10): complete tags that no rule
 * claims, and what everything else in the archive tells of their origin.
 */
@NullMarked
package landfall.plan.leftover;

import org.jspecify.annotations.NullMarked;
