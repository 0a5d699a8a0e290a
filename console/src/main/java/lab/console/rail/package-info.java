/**
 * The rail: a lesson that is done on the board, whose ticks are earned by what is
 * observed of the group. Read {@link lab.console.rail.Walk} first, then
 * {@link lab.console.rail.Sight}.
 */
@NullMarked
package lab.console.rail;

import org.jspecify.annotations.NullMarked;
