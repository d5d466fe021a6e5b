/**
 * Bytes of an archive file on their way: read and hashed once, unpacked, and kept in a spool where
 * they came compressed. Nothing here knows what the bytes mean.
 */
@NullMarked
package landfall.archive.bytes;

import org.jspecify.annotations.NullMarked;
