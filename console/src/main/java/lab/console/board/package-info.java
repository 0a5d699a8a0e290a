/**
 * The web server of the lab: the live board as a page and a stream. Read
 * {@link lab.console.board.Board} first.
 */
@NullMarked
package lab.console.board;

import org.jspecify.annotations.NullMarked;
