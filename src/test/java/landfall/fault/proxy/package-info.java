/**
 * An HTTP proxy on loopback that stands between Landfall and a registry, counts what it sees and
 * does to it what networks, proxies and registries do; the same each time for the same seed.
 */
@NullMarked
package landfall.fault.proxy;

import org.jspecify.annotations.NullMarked;
