/**
 * The ways to break the lab. Start with {@link lab.console.chaos.fault.Fault}, which has
 * a constant for each.
 */
@NullMarked
package lab.console.chaos.fault;

import org.jspecify.annotations.NullMarked;
