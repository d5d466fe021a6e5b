/** Whom a target's TLS trusts and what it shows, read from PEM files. */
@NullMarked
package landfall.registry.tls;

import org.jspecify.annotations.NullMarked;
