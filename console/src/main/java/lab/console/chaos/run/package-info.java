/**
 * Runs the lab's real programs under load and breaks them. Start with
 * {@link lab.console.chaos.run.Fault}, which has a constant for each fault;
 * {@link lab.console.chaos.run.ChaosRun} carries one out.
 */
@NullMarked
package lab.console.chaos.run;

import org.jspecify.annotations.NullMarked;
