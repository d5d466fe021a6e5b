/**
 * OpenShift releases: which ones the update graphs in the archive mean, whether their signatures
 * hold, and which images they consist of (AF§3.1). Nothing is asked of the release's origin.
 */
@NullMarked
package landfall.plan.release;

import org.jspecify.annotations.NullMarked;
