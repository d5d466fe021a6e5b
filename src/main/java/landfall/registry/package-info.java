/** The only place that knows HTTP: one registry, in our own words, behind one fault table. */
@NullMarked
package landfall.registry;

import org.jspecify.annotations.NullMarked;
