/** Reading carried archives safely: tar, gzip and zstd by strict readers, content by offset. */
@NullMarked
package landfall.archive;

import org.jspecify.annotations.NullMarked;
