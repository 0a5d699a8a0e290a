/**
 * Carries out a plan. A {@link lab.console.compare.run.Comparison} runs one
 * {@link lab.console.compare.run.Trial} after the other; a trial has a
 * {@link lab.console.compare.run.Load}, {@link lab.console.compare.run.TrialMembers},
 * which are processes from {@link lab.console.compare.run.Hosts}, and a
 * {@link lab.console.compare.run.Recorder}.
 */
@NullMarked
package lab.console.compare.run;

import org.jspecify.annotations.NullMarked;
