/**
 * The operator's one configuration file with its overrides, checked as a whole and typed. Nothing
 * else reads configuration.
 */
@NullMarked
package landfall.settings;

import org.jspecify.annotations.NullMarked;
