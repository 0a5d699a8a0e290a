/**
 * Lists the lessons and their ticks, in the terminal and as pages of the board.
 */
@NullMarked
package lab.console.lesson.list;

import org.jspecify.annotations.NullMarked;
