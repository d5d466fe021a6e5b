/**
 * Third step: a verified archive is understood as what oc-mirror wrote: its link tree, blobs and
 * metadata. Nothing is extracted.
 */
@NullMarked
package landfall.open;

import org.jspecify.annotations.NullMarked;
