/**
 * Which registry it is, told by its own answers, and what is known of its kind. Decides nothing:
 * what is done about an answer is the fault table's, this only explains.
 */
@NullMarked
package landfall.registry.personality;

import org.jspecify.annotations.NullMarked;
