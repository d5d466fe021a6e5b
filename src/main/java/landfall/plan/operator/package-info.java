/**
 * Operator catalogs (AF§3.2): which rebuilt or full catalog of the archive the configuration means,
 * what its file-based catalog says, and which images follow from that.
 */
@NullMarked
package landfall.plan.operator;

import org.jspecify.annotations.NullMarked;
