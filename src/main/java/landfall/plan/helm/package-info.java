/**
 * Images of helm charts (AF§3.4). Charts are foreign programs: whatever unpacks, renders or parses
 * one runs in a child process with limits, and only references come back.
 */
@NullMarked
package landfall.plan.helm;

import org.jspecify.annotations.NullMarked;
