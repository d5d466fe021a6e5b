package landfall.registry.exchange;

import java.net.URI;

/**
 * An upload that a registry has opened.
 *
 * @param address where it goes on
 * @param least the fewest bytes a piece may have, but for the last one
 */
public record Session(URI address, Ties ties, long least) {}
