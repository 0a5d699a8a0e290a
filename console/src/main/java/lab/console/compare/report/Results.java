package lab.console.compare.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.Plan;

/**
 * All there is to say of a comparison; what {@code compare.json} has.
 *
 * @param machine what it ran on
 * @param versions of what took part
 */
public record Results(Instant at, String command, Machine machine, Versions versions, Plan plan, List<ResultRow> rows,
		List<Outcome> runs) {

	/**
	 * @param memoryMb all the memory the machine has
	 */
	public record Machine(String os, String arch, int processors, long memoryMb) {
	}

	/**
	 * @param broker the level of {@code metadata.version}, as the cluster tells it
	 */
	public record Versions(String java, String clients, String springKafka, String broker) {
	}

	/**
	 * Of each row the run in the middle.
	 */
	List<Outcome> middles() {
		Map<List<String>, List<Outcome>> rows = this.runs.stream()
			.filter((run) -> !run.isVoid())
			.collect(Collectors.groupingBy((run) -> List.of(run.scenario(), run.setting(), run.series())));
		return rows.values().stream().map(Outcome::middle).toList();
	}

}
