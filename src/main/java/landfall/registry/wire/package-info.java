/**
 * Sends one request over pooled connections and reads a bounded answer. Never retries, never
 * follows a redirect, never decides what an answer means.
 */
@NullMarked
package landfall.registry.wire;

import org.jspecify.annotations.NullMarked;
