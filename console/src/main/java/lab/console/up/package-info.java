/**
 * {@code lab up}: starts the lab's processes, shows what they log, and stops them.
 */
@NullMarked
package lab.console.up;

import org.jspecify.annotations.NullMarked;
