/** The data folder: where everything lies, and files that appear whole or not at all. */
@NullMarked
package landfall.folders;

import org.jspecify.annotations.NullMarked;
