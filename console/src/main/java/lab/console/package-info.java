/**
 * The lab's one command.
 */
@NullMarked
package lab.console;

import org.jspecify.annotations.NullMarked;
