/**
 * Carries out a benchmark: {@link lab.console.bench.run.BenchRun} measures the variants
 * of a {@link lab.console.bench.run.Benchmark} in turn, in several rounds.
 */
@NullMarked
package lab.console.bench.run;

import org.jspecify.annotations.NullMarked;
