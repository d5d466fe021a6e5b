/** How a plan looks to people and programs; knows no console and no command. */
@NullMarked
package landfall.cli.view;

import org.jspecify.annotations.NullMarked;
