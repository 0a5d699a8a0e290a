/**
 * What a benchmark measured. A {@link lab.console.bench.measure.Measurement} has the
 * values of one variant in one round; {@link lab.console.bench.measure.BenchResults}
 * summarizes all measurements.
 */
@NullMarked
package lab.console.bench.measure;

import org.jspecify.annotations.NullMarked;
