/** What an image consists of: its manifests and blobs, found in an archive and checked. */
@NullMarked
package landfall.plan.content;

import org.jspecify.annotations.NullMarked;
