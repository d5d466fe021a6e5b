package landfall.push;

import landfall.ledger.ImageRow.Moved;

/**
 * What it took to have an image in the registry.
 *
 * @param somethingNew whether the registry lacked any part of it
 */
record Delivered(boolean somethingNew, Moved moved) {}
