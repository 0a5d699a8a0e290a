/**
 * {@code lab bench}. {@link lab.console.bench.BenchCommand} turns its options into a run
 * of a benchmark ({@code bench.run}), and prints and writes its results
 * ({@code bench.measure}).
 */
@NullMarked
package lab.console.bench;

import org.jspecify.annotations.NullMarked;
