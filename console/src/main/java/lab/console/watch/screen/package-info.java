/**
 * The board in a terminal: {@code lab watch}.
 */
@NullMarked
package lab.console.watch.screen;

import org.jspecify.annotations.NullMarked;
