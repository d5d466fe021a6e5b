/**
 * The durable record of archives, deliveries, images, requests and events, and the queue of what is
 * to be done. The only place that knows SQL.
 */
@NullMarked
package landfall.ledger;

import org.jspecify.annotations.NullMarked;
