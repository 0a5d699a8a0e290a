/**
 * Processes that the console starts, and how they are ended.
 */
@NullMarked
package lab.console.process;

import org.jspecify.annotations.NullMarked;
