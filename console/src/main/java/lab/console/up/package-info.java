/**
 * {@code lab up}: starts the lab's instances, prints what they log, and stops them. Begin
 * with {@link lab.console.up.UpCommand}.
 */
@NullMarked
package lab.console.up;

import org.jspecify.annotations.NullMarked;
