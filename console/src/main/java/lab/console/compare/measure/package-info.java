/**
 * Computes what a rebalance cost. Read {@link lab.console.compare.measure.Recording}, the
 * data of one run, then {@link lab.console.compare.measure.Ownership} and
 * {@link lab.console.compare.measure.Measures}, which are derived from it.
 */
@NullMarked
package lab.console.compare.measure;

import org.jspecify.annotations.NullMarked;
