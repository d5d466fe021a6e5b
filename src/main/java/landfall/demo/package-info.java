/**
 * A small OCI registry on loopback, for {@code landfall demo} and for tests. It keeps what it is
 * given on disk and answers by the OCI distribution specification; it never listens beyond this
 * machine and never syncs to disk, so no site should keep images in it.
 */
@NullMarked
package landfall.demo;

import org.jspecify.annotations.NullMarked;
