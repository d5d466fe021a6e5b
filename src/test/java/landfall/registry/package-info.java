/** Tests of the registry calls against a scripted server and against a real registry. */
@NullMarked
package landfall.registry;

import org.jspecify.annotations.NullMarked;
