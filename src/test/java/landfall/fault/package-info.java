/**
 * The faults F9 to F29 of the fault matrix, each as a named test, at smoke size in every build and
 * at full size with {@code mvn verify -Pfaults}.
 */
@NullMarked
package landfall.fault;

import org.jspecify.annotations.NullMarked;
