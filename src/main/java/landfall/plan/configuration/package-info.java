/** The image set configuration that rides in an archive, parsed strictly or refused as a whole. */
@NullMarked
package landfall.plan.configuration;

import org.jspecify.annotations.NullMarked;
