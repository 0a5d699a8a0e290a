/**
 * Runs the plan of a comparison: starts members and load, does what the scenario says,
 * and records what happens.
 */
@NullMarked
package lab.console.compare.run;

import org.jspecify.annotations.NullMarked;
