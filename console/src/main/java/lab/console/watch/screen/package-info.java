/**
 * The board in a terminal: {@code lab watch}. Read
 * {@link lab.console.watch.screen.WatchCommand} first.
 */
@NullMarked
package lab.console.watch.screen;

import org.jspecify.annotations.NullMarked;
