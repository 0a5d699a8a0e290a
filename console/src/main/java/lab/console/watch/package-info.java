/**
 * Watches a group over time: what the Admin API says each second, and what is published
 * in between.
 */
@NullMarked
package lab.console.watch;

import org.jspecify.annotations.NullMarked;
