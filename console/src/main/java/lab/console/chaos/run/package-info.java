/**
 * Runs the lab's real programs under load and breaks them. Start with
 * {@link lab.console.chaos.run.ChaosLab}.
 */
@NullMarked
package lab.console.chaos.run;

import org.jspecify.annotations.NullMarked;
