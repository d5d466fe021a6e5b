/**
 * Cluster resources as oc-mirror writes them, one class a kind; given what was delivered, they know
 * no ledger and no folder.
 */
@NullMarked
package landfall.publish.resource;

import org.jspecify.annotations.NullMarked;
