/**
 * {@code lab compare}. {@link lab.console.compare.CompareCommand} turns its options into
 * a plan ({@code compare.plan}), has it carried out ({@code compare.run}) and measured
 * ({@code compare.measure}), and writes the results ({@code compare.report}).
 */
@NullMarked
package lab.console.compare;

import org.jspecify.annotations.NullMarked;
