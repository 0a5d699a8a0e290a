package lab.console.compare.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.Plan;
import lab.console.process.Machine;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import tools.jackson.core.JacksonException;

/**
 * The results of a comparison, as in {@code compare.json}.
 *
 * @param at when the comparison ended
 * @param command with which it can be repeated
 * @param machine on which it ran
 */
public record Results(Instant at, String command, Machine machine, Versions versions, Plan plan, List<ResultRow> rows,
		List<Outcome> runs) {

	public Results {
		Objects.requireNonNull(at, "at");
		Objects.requireNonNull(command, "command");
		Objects.requireNonNull(machine, "machine");
		Objects.requireNonNull(versions, "versions");
		Objects.requireNonNull(plan, "plan");
		rows = List.copyOf(rows);
		runs = List.copyOf(runs);
	}

	/**
	 * The versions of what was measured.
	 *
	 * @param springKafka empty if unknown
	 * @param broker the cluster's level of {@code metadata.version}
	 */
	public record Versions(String java, String clients, String springKafka, String broker) {
	}

	/**
	 * Summarizes the outcomes of a comparison that has just ended on this machine.
	 */
	public static Results of(String command, Versions versions, Plan plan, List<Outcome> outcomes) {
		return new Results(Instant.now().truncatedTo(ChronoUnit.SECONDS), command, Machine.ofProcess(), versions, plan,
				ResultRow.of(plan, outcomes), outcomes);
	}

	/**
	 * Reads the results of an earlier comparison. They have no recordings.
	 * @throws LabException if the file cannot be read or is not a {@code compare.json}
	 */
	public static Results read(Path file, Messages messages) {
		try {
			return Json.read(Files.readString(file), Results.class);
		}
		catch (IOException | JacksonException ex) {
			throw new LabException(messages.get("compare.from-wrong", file), ex);
		}
	}

	/**
	 * Returns the median run of each row.
	 */
	List<Outcome> medians() {
		Map<List<String>, List<Outcome>> rows = this.runs.stream()
			.filter((run) -> !run.isVoid())
			.collect(Collectors.groupingBy((run) -> List.of(run.scenario(), run.setting(), run.series())));
		return rows.values().stream().map(Outcome::median).toList();
	}

}
