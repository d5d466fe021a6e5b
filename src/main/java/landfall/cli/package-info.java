/**
 * The commands: arguments in, facts to stdout, the log to stderr, an exit code that tells the
 * result.
 */
@NullMarked
package landfall.cli;

import org.jspecify.annotations.NullMarked;
