package lab.console.compare.measure;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The result of one run.
 *
 * @param measures null if the run could not be completed
 * @param problem why the run is void; null if it counts
 * @param recording null if the run could not be completed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(int number, String scenario, String setting, String series, @Nullable Measures measures,
		@Nullable String problem, @JsonIgnore @Nullable Recording recording) {

	public Outcome {
		Objects.requireNonNull(scenario, "scenario");
		Objects.requireNonNull(setting, "setting");
		Objects.requireNonNull(series, "series");
	}

	@JsonIgnore
	public boolean isVoid() {
		return this.problem != null;
	}

	/**
	 * Returns the run with the median time to reassign; of an even number, the shorter of
	 * the two in the middle.
	 */
	public static Outcome median(List<Outcome> runs) {
		return runs.stream()
			.sorted(Comparator.comparingLong((run) -> (run.measures() != null) ? run.measures().reassignedMs() : 0))
			.toList()
			.get((runs.size() - 1) / 2);
	}

}
