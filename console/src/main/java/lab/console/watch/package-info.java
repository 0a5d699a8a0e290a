/**
 * Watches a group over time: a snapshot each second, and what is published in between.
 * Read {@link lab.console.watch.GroupWatch} first, then
 * {@link lab.console.watch.GroupView}.
 */
@NullMarked
package lab.console.watch;

import org.jspecify.annotations.NullMarked;
