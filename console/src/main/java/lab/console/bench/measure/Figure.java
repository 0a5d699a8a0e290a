package lab.console.bench.measure;

/**
 * A quantity that a benchmark measures.
 *
 * @param name as in the results
 * @param unit of its values
 */
public record Figure(String name, String unit) {
}
